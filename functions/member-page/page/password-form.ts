import type { PageSubject } from "../../../shared/credentials/member-page.ts";
import { type Html, html } from "./html.ts";
import { envelope, tick, warning } from "./icons.ts";
import type { PageTexts } from "./texts.ts";

/** What was wrong with what came before. */
export interface Complaint {
  readonly head: string;
  readonly words: readonly string[];
}

interface FormContent {
  readonly subject: PageSubject;
  /** Which password is meant; null when the complaint says it. */
  readonly hint: string | null;
  readonly complaint: Complaint | null;
}

/** The page that asks for the password: what it is about, the form, and what happens with what is typed in. */
export const passwordForm = (
  texts: PageTexts,
  { subject, hint, complaint }: FormContent,
): Html => html`<main class="two">
<section class="sheet" aria-labelledby="title">
<p class="about">${texts.about(subject.domain)}</p>
<h1 id="title">${texts.askTitle[subject.kind]}</h1>
<p>${texts.why[subject.kind]}</p>
<p class="mailbox">${envelope}<span><small>${texts.mailbox[subject.kind]}</small><strong>${subject.masked}</strong></span></p>
${complaint === null ? null : complaintBox(complaint)}
<form method="post">
<label for="password">${texts.label}</label>
${hint === null ? null : html`<p class="hint" id="hint">${hint}</p>`}
<input id="password" name="password" type="password" autocomplete="current-password" autocapitalize="none" spellcheck="false" required maxlength="1024"${describedBy(hint, complaint)}${complaint === null ? null : html` aria-invalid="true" autofocus`}>
<button type="submit">${texts.submit}</button>
</form>
</section>
<aside class="sheet beside" aria-labelledby="facts">
<h2 id="facts">${texts.factsTitle}</h2>
<ul class="facts">
${texts.facts.map((fact) => html`<li>${tick}<span>${fact}</span></li>`)}
</ul>
${doubt(texts, subject)}
</aside>
</main>`;

const describedBy = (hint: string | null, complaint: Complaint | null): Html | null => {
  const ids = [complaint === null ? [] : ["complaint"], hint === null ? [] : ["hint"]].flat().join(" ");
  return ids === "" ? null : html` aria-describedby="${ids}"`;
};

const complaintBox = ({
  head,
  words,
}: Complaint): Html => html`<div class="note bad" id="complaint" role="alert">${warning}<div>
<p class="head">${head}</p>
${words.map((sentence) => html`<p>${sentence}</p>`)}
</div></div>`;

const doubt = (texts: PageTexts, { admin }: PageSubject): Html => html`<div class="doubt">
<h2>${texts.doubtTitle}</h2>
<p>${texts.doubt}</p>
${admin === null ? null : html`<p>${texts.contact} <strong>${admin}</strong></p>`}
</div>`;
