import type { DemoCompany } from "./company.ts";

/**
 * The members' directory as `directory.kind: "file"` reads it: a JSON array of userid, name, departments,
 * email where one is known, mobile.
 */
export function membersFile(company: Pick<DemoCompany, "members">): string {
  const entries = company.members.map(({ userid, name, departments, address, mobile }, index) => ({
    userid,
    name,
    departments,
    // A directory rarely knows every address: the sheet is the source of truth, the file only helps.
    ...(index % 3 === 2 ? {} : { email: address }),
    mobile,
  }));
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}
