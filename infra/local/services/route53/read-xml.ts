import { unescapeXml } from "../xml.ts";

/** An element that was read: its text, or its children. */
export interface ReadElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly ReadElement[];
}

/** The body is not the small XML that this service reads. */
export class XmlUnreadable extends Error {
  override readonly name = "XmlUnreadable";
}

/**
 * Reads elements and text. Attributes are skipped (the protocol has only the namespace); document types, CDATA, processing
 * instructions and comments are refused, and nesting is bounded, so that nothing can expand.
 * @throws XmlUnreadable
 */
export const readXml = (document: string): ReadElement => {
  const root = opened("");
  const path = [root];
  let at = 0;
  for (const match of document.replace(/^\s*<\?xml[^?]*\?>/, "").matchAll(token)) {
    if (match.index !== at) break;
    at += match[0].length;
    const [, closing, name, selfClosing, text] = match;
    const parent = path.at(-1) ?? root;
    if (text !== undefined) {
      parent.text += unescapeXml(text);
    } else if (closing === "/") {
      if (path.length === 1 || path.pop()?.name !== name)
        throw new XmlUnreadable(`</${name}> closes nothing`);
    } else {
      const element = opened(name ?? "");
      parent.children.push(element);
      if (selfClosing !== "/" && path.push(element) > MAXIMUM_DEPTH) {
        throw new XmlUnreadable("is nested too deeply");
      }
    }
  }
  const [only] = root.children;
  const whole = at === document.replace(/^\s*<\?xml[^?]*\?>/, "").length;
  if (!whole || only === undefined || root.children.length !== 1 || path.length !== 1) {
    throw new XmlUnreadable("is not one well-formed element");
  }
  return only;
};

const MAXIMUM_DEPTH = 16;

/** A tag, or the text up to the next one. */
const token = /<(\/?)([A-Za-z][\w.:-]*)(?:\s+[\w.:-]+="[^"<]*")*\s*(\/?)>|([^<]+)/g;

const opened = (name: string) => {
  const children: ReadElement[] = [];
  return { name, text: "", children };
};
