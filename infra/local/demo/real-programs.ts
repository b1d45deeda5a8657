/** A program of the system that the demo or the tests run for real. */
export interface RealProgram {
  /** The file that is started. */
  readonly file: string;
  /** Files that must be there as well; Debian splits some programs over several packages. */
  readonly parts: readonly string[];
  /** The Debian and Ubuntu package that brings it. */
  readonly debianPackage: string;
  /** System services the package would start; the project never wants them running. */
  readonly services: readonly string[];
  readonly purpose: { readonly en: string; readonly zhCN: string };
}

/** Everything real that is ever needed, by the name used in this project. */
export const realPrograms = {
  dovecot: {
    file: "/usr/sbin/dovecot",
    parts: ["/usr/lib/dovecot/imap", "/usr/lib/dovecot/imap-login"],
    debianPackage: "dovecot-imapd",
    services: ["dovecot"],
    purpose: {
      en: "the private mail servers of the demo company and of the tests",
      zhCN: "演示公司和测试所用的私有邮件服务器",
    },
  },
} as const satisfies Record<string, RealProgram>;

export type RealProgramName = keyof typeof realPrograms;

export const realProgramNames: readonly RealProgramName[] = ["dovecot"];

/** Where the program is started from. */
export function programFile(name: RealProgramName): string {
  return realPrograms[name].file;
}
