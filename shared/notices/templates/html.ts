import type { Letter, Paragraph } from "./letter.ts";

/**
 * Letters as one HTML page without pictures, scripts or anything to fetch. Every word passes `escaped` on its way into the page: the
 * letters themselves hold text only, so nothing in a sheet can become markup.
 */
export const htmlOf = (letters: readonly Letter[]): string =>
  [
    "<!doctype html>",
    `<html lang="${escaped(letters[0]?.language ?? "en")}"><head><meta charset="utf-8"><title>${escaped(letters[0]?.subject ?? "")}</title></head>`,
    '<body style="font-family:sans-serif;font-size:16px;line-height:1.6;max-width:40em">',
    letters.map(sectionOf).join("\n<hr>\n"),
    "</body></html>",
    "",
  ].join("\n");

const sectionOf = ({ language, paragraphs }: Letter): string =>
  [`<div lang="${escaped(language)}">`, ...paragraphs.map(paragraphOf), "</div>"].join("\n");

/** A link shows its own address, so that what is read is where it leads. */
const paragraphOf = (paragraph: Paragraph): string =>
  "link" in paragraph
    ? `<p><a href="${escaped(paragraph.link)}">${escaped(paragraph.link)}</a></p>`
    : `<p>${escaped(paragraph.text)}</p>`;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? "");
