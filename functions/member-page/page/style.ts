import { html } from "./html.ts";

/**
 * The page's whole appearance, inside the page: nothing else is fetched. Sizes are relative, so it grows with the reader's letters;
 * contrasts are at least 4.5:1 for text and 3:1 for outlines, in both schemes.
 */
export const style = html`
:root {
  color-scheme: light dark;
  --ground: #eef2f6;
  --sheet: #ffffff;
  --ink: #17212b;
  --quiet: #4d5b68;
  --line: #d5dde5;
  --outline: #75828f;
  --accent: #0b57b8;
  --accent-strong: #084594;
  --on-accent: #ffffff;
  --wash: #f3f7fc;
  --good: #116239;
  --bad: #a3201a;
  --bad-wash: #fdefed;
  --wait: #7a4b00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e141a;
    --sheet: #18212a;
    --ink: #e7edf3;
    --quiet: #aab7c3;
    --line: #2e3a46;
    --outline: #8593a0;
    --accent: #8cbcff;
    --accent-strong: #b3d3ff;
    --on-accent: #0a1a2c;
    --wash: #1e2934;
    --good: #84d8ab;
    --bad: #ffb3aa;
    --bad-wash: #3a1b1a;
    --wait: #f2c879;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  min-height: 100vh;
  min-height: 100dvh;
  display: flex;
  flex-direction: column;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, p, ul { margin: 0; }
p, li { text-wrap: pretty; }
h1 { font-size: 1.5rem; line-height: 1.3; letter-spacing: -0.005em; text-wrap: balance; }
h2 { font-size: 1rem; line-height: 1.4; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:hover { color: var(--accent-strong); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.icon { width: 1.5em; height: 1.5em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.top, main { width: 100%; max-width: 60rem; margin-inline: auto; padding-inline: min(1rem, 5vw); }
.top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 1rem; padding-block: 0.875rem; }
.mark { display: flex; align-items: center; gap: 0.5rem; font-weight: 600; color: var(--quiet); }
.mark .icon { color: var(--accent); }
.top a { display: inline-block; padding: 0.5rem; margin-inline-end: -0.5rem; }
main { flex: 1; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; align-content: start; padding-block: 0.5rem 2rem; }
.sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; padding: min(1.25rem, 6vw); display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; align-content: start; }
.about { color: var(--quiet); font-size: 0.9375rem; }
.mailbox { display: flex; align-items: center; gap: 0.75rem; padding: 0.75rem 0.875rem; background: var(--wash); border-radius: 10px; }
.mailbox .icon { color: var(--accent); }
.mailbox small { display: block; font-size: 0.875rem; color: var(--quiet); }
form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.5rem; }
label { font-weight: 600; }
input {
  font: inherit;
  width: 100%;
  min-height: 3rem;
  padding: 0.5rem 0.75rem;
  color: var(--ink);
  background: var(--sheet);
  border: 1px solid var(--outline);
  border-radius: 10px;
}
input:focus-visible { outline-offset: 0; border-radius: 10px; }
input[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
.hint { font-size: 0.9375rem; color: var(--quiet); }
button {
  font: inherit;
  font-weight: 600;
  width: 100%;
  min-height: 3rem;
  margin-block-start: 0.5rem;
  padding: 0.5rem 1rem;
  color: var(--on-accent);
  background: var(--accent);
  border: 1px solid transparent;
  border-radius: 10px;
  cursor: pointer;
}
button:hover { background: var(--accent-strong); }
button:focus-visible { border-radius: 10px; }
.note { display: flex; gap: 0.75rem; padding: 0.875rem; border-radius: 10px; }
.note div { display: grid; gap: 0.375rem; }
.bad { color: var(--bad); background: var(--bad-wash); }
.note p { color: var(--ink); }
.note .head { color: inherit; font-weight: 600; }
.outcome { display: flex; align-items: center; gap: 0.75rem; }
.outcome .icon { width: 2.25rem; height: 2.25rem; stroke-width: 1.6; }
.outcome.good .icon { color: var(--good); }
.outcome.wait .icon { color: var(--wait); }
.outcome.gone .icon { color: var(--quiet); }
.words { display: grid; gap: 0.625rem; }
.again {
  justify-self: start;
  display: inline-block;
  padding: 0.625rem 1.25rem;
  font-weight: 600;
  text-decoration: none;
  border: 1px solid var(--outline);
  border-radius: 10px;
}
.again:hover { background: var(--wash); }
.facts { list-style: none; padding: 0; display: grid; gap: 0.75rem; }
.facts li { display: flex; gap: 0.625rem; font-size: 0.9375rem; }
.facts .icon { width: 1.25rem; height: 1.25rem; margin-block-start: 0.15rem; color: var(--good); }
.doubt { border-block-start: 1px solid var(--line); padding-block-start: 1rem; display: grid; gap: 0.375rem; font-size: 0.9375rem; }
.doubt p { color: var(--quiet); }
@media (min-width: 52rem) {
  .top { padding-block: 1.25rem; }
  main { padding-block: 2rem 3rem; }
  .two { grid-template-columns: minmax(0, 7fr) minmax(0, 5fr); gap: 1.5rem; }
  .one, body:has(.one) .top { max-width: 40rem; }
  .sheet { padding: 2rem; gap: 1.25rem; }
  .beside { background: transparent; border-color: transparent; padding-inline: 0.5rem 0; }
}
@media (prefers-contrast: more) {
  :root { --line: var(--outline); --quiet: var(--ink); }
}
@media (forced-colors: active) {
  button { border-color: ButtonText; }
}
`;
