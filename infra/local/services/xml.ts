/** XML by hand, as the query and REST protocols of AWS answer: elements and text, no attributes but the namespace. */

/** What an element holds: a text, which is escaped, or elements. */
export type XmlContent = string | number | boolean | readonly XmlElement[];

export interface XmlElement {
  readonly name: string;
  readonly content: XmlContent;
  readonly namespace: string | undefined;
}

export const element = (name: string, content: XmlContent, namespace?: string): XmlElement => ({
  name,
  content,
  namespace,
});

/** The document with this root. */
export const xmlDocument = (root: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${serialise(root)}`;

/** The text of an element that was cut out of a document; the five predefined entities and character references. */
export const unescapeXml = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_whole, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replace(/&#(\d{1,7});/g, (_whole, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

const serialise = ({ name, content, namespace }: XmlElement): string => {
  const attributes = namespace === undefined ? "" : ` xmlns="${namespace}"`;
  const inner = typeof content === "object" ? content.map(serialise).join("") : escapeXml(String(content));
  return `<${name}${attributes}>${inner}</${name}>`;
};

/** Control characters go as references, because as they are they would not be XML. */
const escapeXml = (text: string): string =>
  Array.from(text, (character) =>
    character < " " ? `&#${character.codePointAt(0) ?? 0};` : (entities.get(character) ?? character),
  ).join("");

const entities = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
]);
