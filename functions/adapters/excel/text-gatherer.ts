import { limits } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/**
 * Gathers the text of a string item, plain or rich: everything inside `t`, run after run, but not the phonetic guides
 * (`rPh`), which repeat the text in another script and would be read as part of a name.
 */
export class TextGatherer {
  #text = "";
  #inText = false;
  #inPhonetic = false;

  begin(): void {
    this.#text = "";
  }

  open(element: string): void {
    if (element === "rPh") this.#inPhonetic = true;
    else if (element === "t") this.#inText = !this.#inPhonetic;
  }

  add(piece: string): void {
    if (!this.#inText) return;
    this.#text += piece;
    if (this.#text.length > limits.cellText) throw new Unreadable("textTooLong");
  }

  close(element: string): void {
    if (element === "rPh") this.#inPhonetic = false;
    else if (element === "t") this.#inText = false;
  }

  end(): string {
    return unescaped(detached(this.#text));
  }
}

/**
 * The text as a string of its own. What the parser hands out are views of the 64 KB piece it was read from, and 500,000
 * cells that are kept would keep the whole unzipped workbook with them.
 */
export const detached = (text: string): string =>
  text.length < shortestView ? text : Buffer.from(text, "utf8").toString("utf8");

/** V8 copies what is shorter (SlicedString::kMinLength). Characters. */
const shortestView = 13;

/** Characters that XML cannot hold are written `_x000D_` (ECMA-376 §22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_whole, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
