import { SaxesParser } from "saxes";
import { limits } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

export type XmlAttributes = Readonly<Record<string, string>>;

/** What a part's reader wants to hear. Names come without their namespace prefix. */
export interface XmlListener {
  open(name: string, attributes: XmlAttributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Reads XML as it arrives. The parser knows no entities but the five of XML itself and fetches nothing, so a document type
 * that defines others (billion laughs, external files) is an error when one is used.
 *
 * @throws Unreadable for XML that is not well-formed, nested too deeply, or without a tag for too long
 */
export const readXml = async (chunks: AsyncIterable<string>, listener: XmlListener): Promise<void> => {
  const parser = new SaxesParser({ position: false, xmlns: false });
  let depth = 0;
  let sinceTag = 0;
  parser.on("error", (error) => {
    throw new Unreadable("xmlMalformed", error.message.slice(0, 100), { cause: error });
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    sinceTag = 0;
    if (depth > limits.depth) throw new Unreadable("xmlDeep");
    listener.open(localName(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    sinceTag = 0;
    listener.close?.(localName(name));
  });
  if (listener.text !== undefined) parser.on("text", (text) => listener.text?.(text));
  for await (const chunk of chunks) {
    sinceTag += chunk.length;
    parser.write(chunk);
    if (sinceTag > limits.text) throw new Unreadable("textTooLong");
  }
  parser.close();
};

/** The attribute of this name, whatever prefix the writer gave its namespace (`r:id`). */
export const prefixedAttribute = (attributes: XmlAttributes, name: string): string | undefined =>
  Object.entries(attributes).find(([key]) => key.endsWith(`:${name}`))?.[1];

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);
