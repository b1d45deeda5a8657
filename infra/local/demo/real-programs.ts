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
  chromium: {
    file: "/usr/bin/chromium",
    parts: ["/usr/lib/chromium/chromium"],
    debianPackage: "chromium",
    services: [],
    purpose: {
      en: "the tests that use our pages as people do",
      zhCN: "像真人一样操作网页的测试",
    },
  },
  libreoffice: {
    file: "/usr/bin/soffice",
    parts: ["/usr/lib/libreoffice/program/libsclo.so"],
    debianPackage: "libreoffice-calc",
    services: [],
    purpose: {
      en: "the tests that open our workbooks as their readers do",
      zhCN: "以使用者的方式打开工作簿的测试",
    },
  },
} as const satisfies Record<string, RealProgram>;

export type RealProgramName = keyof typeof realPrograms;

export const realProgramNames: readonly RealProgramName[] = ["dovecot", "chromium", "libreoffice"];

/** Where the program is started from. */
export function programFile(name: RealProgramName): string {
  return realPrograms[name].file;
}
