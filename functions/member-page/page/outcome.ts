import { type Html, html } from "./html.ts";
import { envelope } from "./icons.ts";
import type { OutcomeTexts, PageTexts } from "./texts.ts";

interface OutcomeContent {
  readonly icon: Html;
  readonly tone: "good" | "wait" | "gone";
  readonly texts: OutcomeTexts;
  /** The masked address; null where the page must not tell whose it would be. */
  readonly masked: string | null;
  /** One more sentence, about the password. */
  readonly remedy?: string;
  /** Words of a link back to the form. */
  readonly again?: string;
}

/** A page that only says how things stand. */
export const outcome = (
  { tag }: PageTexts,
  { icon, tone, texts, masked, remedy, again }: OutcomeContent,
): Html => html`<main class="one">
<section class="sheet" aria-labelledby="title">
<div class="outcome ${tone}">${icon}<h1 id="title">${texts.title}</h1></div>
${masked === null ? null : html`<p class="mailbox">${envelope}<strong>${masked}</strong></p>`}
<div class="words" role="status">
${texts.words.map((sentence) => html`<p>${sentence}</p>`)}
${remedy === undefined ? null : html`<p>${remedy}</p>`}
</div>
${again === undefined ? null : html`<a class="again" href="?lang=${tag}">${again}</a>`}
</section>
</main>`;
