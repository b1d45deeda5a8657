import { limits } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";
import { unzipText } from "./unzip-part.ts";
import { readXml, type XmlListener } from "./xml.ts";
import { readZipDirectory, type ZipPart } from "./zip-directory.ts";

/** A relationship of a part: what it points to and as what (ECMA-376 part 2, §9.3). */
export interface Relationship {
  readonly id: string;
  /** The last word of its type, which is the same in transitional and strict documents. */
  readonly type: string;
  /** The part it leads to. */
  readonly target: string;
}

/** The parts of an Office document. Part names are compared without regard to letter case. */
export class PackageParts {
  readonly #bytes: Buffer;
  readonly #parts: ReadonlyMap<string, ZipPart>;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#parts = readZipDirectory(bytes);
  }

  has(name: string): boolean {
    return this.#parts.has(name.toLowerCase());
  }

  /** Reads a part's XML. @throws Unreadable, also when there is no such part */
  async read(name: string, listener: XmlListener, bytesAtMost: number = limits.held): Promise<void> {
    const part = this.#parts.get(name.toLowerCase());
    if (part === undefined) throw new Unreadable("partMissing", name);
    await readXml(unzipText(this.#bytes, part, bytesAtMost), listener);
  }

  /** Where a part (empty for the whole package) leads to; nothing when it has no relationships. */
  async relationships(of: string): Promise<readonly Relationship[]> {
    const folder = of.slice(0, of.lastIndexOf("/") + 1);
    const name = `${folder}_rels/${of.slice(folder.length)}.rels`;
    const found: Relationship[] = [];
    if (!this.has(name)) return found;
    await this.read(name, {
      open: (element, { Id = "", Type = "", Target = "", TargetMode }) => {
        if (element !== "Relationship" || TargetMode === "External") return;
        if (found.length === limits.parts) throw new Unreadable("tooManyParts", limits.parts);
        found.push({ id: Id, type: Type.slice(Type.lastIndexOf("/") + 1), target: resolved(folder, Target) });
      },
    });
    return found;
  }
}

/** Targets are relative to the part's folder, or absolute with a leading slash, as openpyxl writes them. */
const resolved = (folder: string, target: string): string => {
  const path = target.replaceAll("\\", "/");
  const segments: string[] = [];
  for (const segment of (path.startsWith("/") ? path : `${folder}${path}`).split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.join("/");
};
