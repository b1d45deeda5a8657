import type { Language } from "../../../shared/contract/errors.ts";

/** Why the file system refused something, in the reader's language; what it says itself, which is English, where it is none of the usual reasons. */
export const systemReason = (error: unknown, language: Language): string => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = reasons.get(code);
  if (known !== undefined) return known[language];
  return error instanceof Error ? error.message : String(error);
};

/** By the codes of errno(3). */
const reasons: ReadonlyMap<string, Readonly<Record<Language, string>>> = new Map([
  ["ENOENT", { en: "there is no such file or directory", zhCN: "没有这个文件或目录" }],
  ["ENOTDIR", { en: "a part of its path is not a directory", zhCN: "路径中的某一部分不是目录" }],
  ["EISDIR", { en: "it is a directory", zhCN: "它是一个目录" }],
  ["EACCES", { en: "permission is denied", zhCN: "没有权限" }],
  ["EPERM", { en: "permission is denied", zhCN: "没有权限" }],
  ["EROFS", { en: "the disk is read-only", zhCN: "磁盘为只读" }],
  ["ENOSPC", { en: "the disk is full", zhCN: "磁盘已满" }],
  ["EBUSY", { en: "another program is using it", zhCN: "文件正被其他程序使用" }],
]);
