import { crc32, deflateRawSync } from "node:zlib";

/** A part of a zip to be made; the rest says how it deviates from an honest one. */
export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
  /** Written by a program that did not know the sizes beforehand: they stand behind the content (APPNOTE.TXT 4.3.9). */
  readonly streamed?: boolean;
  /** Its sizes stand in the ZIP64 extra field, as some writers do with small ones too (4.5.3). */
  readonly isZip64?: boolean;
  /** What the directory claims its size to be, unzipped. */
  readonly claimedBytes?: number;
}

/** A zip file (APPNOTE.TXT), made by hand so that it can also be made wrong. */
export const zipFile = (entries: readonly ZipEntry[]): Buffer => {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content);
    const packed = entry.stored ? content : deflateRawSync(content);
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (entry.encrypted ? 1 : 0) | (entry.streamed ? 8 : 0), 2);
    common.writeUInt16LE(entry.stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.claimedBytes ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.from("PK\x01\x02\x14\x00", "latin1"),
      ...(entry.isZip64 ? inZip64(common, place, name) : [common, place, name]),
    );
    const local = Buffer.concat([
      Buffer.from("PK\x03\x04", "latin1"),
      ...(entry.streamed
        ? [withoutSizes(common), name, packed, descriptorOf(common)]
        : [common, name, packed]),
    ]);
    locals.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listed, end]);
};

/** Checksum and sizes, which a streaming writer puts behind the content. */
const sizesAt = { from: 10, to: 22 } as const;

const withoutSizes = (common: Buffer): Buffer => Buffer.from(common).fill(0, sizesAt.from, sizesAt.to);

const descriptorOf = (common: Buffer): Buffer =>
  Buffer.concat([Buffer.from("PK\x07\x08", "latin1"), common.subarray(sizesAt.from, sizesAt.to)]);

const inZip64 = (common: Buffer, place: Buffer, name: Buffer): readonly Buffer[] => {
  const extra = Buffer.alloc(4 + 16);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(common.readUInt32LE(18)), 4);
  extra.writeBigUInt64LE(BigInt(common.readUInt32LE(14)), 12);
  const marked = Buffer.from(common);
  marked.fill(0xff, 14, 22);
  marked.writeUInt16LE(extra.length, 24);
  return [marked, place, name, extra];
};
