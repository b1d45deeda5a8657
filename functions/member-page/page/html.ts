/** Text that is markup. Only `html` makes it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a template: text, which is escaped; markup, which is not; or nothing. */
export type Insertion = string | number | Html | readonly Html[] | null;

/**
 * Markup from a template. Whatever is inserted as text is escaped for element content and for quoted attributes alike, so no value can
 * become markup; attributes are always quoted in our templates.
 */
export const html = (fixed: TemplateStringsArray, ...insertions: readonly Insertion[]): Html =>
  new Html(
    fixed.reduce((markup, part, index) => `${markup}${markupOf(insertions[index - 1] ?? null)}${part}`),
  );

const markupOf = (insertion: Insertion): string => {
  if (insertion === null) return "";
  if (insertion instanceof Html) return insertion.markup;
  if (typeof insertion === "string" || typeof insertion === "number") return escaped(String(insertion));
  return insertion.map(({ markup }) => markup).join("");
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
