import { S3Refusal } from "./refusal.ts";

/** The first and last byte of a single range (RFC 9110 §14.1.2) within `size` bytes. @throws {S3Refusal} `InvalidRange` */
export const byteRange = (header: string, size: number): { readonly from: number; readonly to: number } => {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? [];
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if ((first === "" && last === "") || from > to) {
    throw new S3Refusal(416, "InvalidRange", "The requested range is not satisfiable.");
  }
  return { from, to };
};
