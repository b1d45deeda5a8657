import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html } from "../../../functions/member-page/page/html.ts";

/** What a browser reads a text as: only character references are of interest. */
const readBack = (markup: string): string =>
  markup.replace(/&#(\d+);/g, (_whole, code: string) => String.fromCharCode(Number(code)));

describe("a template", () => {
  it("never lets a value become markup, in an element or in a quoted attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        const { markup } = html`<p title="${value}">${value}</p>`;
        const [, title = "", text = ""] = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/s.exec(markup) ?? [];
        expect([readBack(title), readBack(text)]).toEqual([value, value]);
      }),
      { examples: [["<script>alert(1)</script>"], ['" onfocus="x'], ["' '&amp;"], ["&#60;"]] },
    );
  });

  it("takes markup that a template has made as it is, one piece or several, and nothing for null", () => {
    const items = ["a", "<b>"].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>${null}${html`<hr>`}${3}`.markup).toBe(
      "<ul><li>a</li><li>&#60;b&#62;</li></ul><hr>3",
    );
  });
});
