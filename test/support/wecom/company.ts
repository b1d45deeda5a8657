/** A department as the server has it; the id is text here and a bare number on the wire. */
export interface Department {
  readonly id: string;
  readonly name: string;
  readonly parentid: string;
}

export interface Employee {
  readonly userid: string;
  readonly name: string;
  readonly departments: readonly string[];
  readonly email?: string;
  /** 1 active, 5 has left. @default 1 */
  readonly status?: number;
}

/** A company in WeCom. Both lists may be changed while it is served. */
export interface Company {
  readonly corpId: string;
  /** The secret of an app that sees the whole company. */
  readonly appSecret: string;
  /** The secret of 通讯录同步, which is told ids only. */
  readonly contactsSecret: string;
  readonly agentId: number;
  readonly departments: Department[];
  readonly employees: Employee[];
}

/** Two ids that are one number to whoever reads them as doubles. */
export const salesDepartment = "5196969938080910636";
export const otherDepartment = "5196969938080910637";

/** So many people, most in one department, some in two; the first ones have an address. */
export const companyOf = (people: number): Company => ({
  corpId: "ww0123456789abcdef",
  appSecret: "app-secret-of-the-test",
  contactsSecret: "contacts-secret-of-the-test",
  agentId: 1_000_002,
  departments: [
    { id: "1", name: "云帆科技", parentid: "0" },
    { id: salesDepartment, name: "销售部", parentid: "1" },
    { id: otherDepartment, name: "研发部", parentid: "1" },
  ],
  employees: Array.from({ length: people }, (_none, index) => employee(index)),
});

const employee = (index: number): Employee => {
  const departments =
    index % 3 === 0 ? ["1", salesDepartment] : [index % 3 === 1 ? salesDepartment : otherDepartment];
  const userid = `Member${index}`;
  return {
    userid,
    name: `成员${index}`,
    departments,
    ...(index < 3 ? { email: `${userid.toLowerCase()}@example.test` } : {}),
  };
};
