import { z } from "zod";
import type { Company, Employee } from "./company.ts";

/** What a call is given besides the company it asks about. */
export interface Asked {
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Whose token it came with. */
  readonly as: "app" | "contacts";
}

/** A department's or cursor's number, which is no JavaScript number, written bare by the server. */
export const bare = (id: string): string => `#bare:${id}`;

type Call = (company: Company, asked: Asked) => object;

export const departmentList: Call = ({ departments }, { as }) =>
  as === "contacts"
    ? forbiddenToContacts
    : good({
        department: departments.map(({ id, name, parentid }) => ({
          id: bare(id),
          name,
          name_en: "",
          department_leader: [],
          parentid: bare(parentid),
          order: 10,
        })),
      });

export const userList: Call = ({ departments, employees }, { query, as }) => {
  if (as === "contacts") return forbiddenToContacts;
  const id = query.get("department_id") ?? "";
  if (!departments.some((department) => department.id === id))
    return { errcode: 60_003, errmsg: "department not found" };
  return good({
    userlist: employees.filter((employee) => employee.departments.includes(id)).map(detailsOf),
  });
};

const detailsOf = ({ userid, name, departments, email = "", status = 1 }: Employee) => ({
  userid,
  name,
  department: departments.map(bare),
  order: departments.map(() => 0),
  position: "",
  mobile: "",
  gender: "0",
  email,
  biz_mail: "",
  biz_mail_alias: { item: [`${userid.toLowerCase()}@alias.example.test`] },
  is_leader_in_dept: departments.map(() => 0),
  direct_leader: [],
  avatar: "",
  thumb_avatar: "",
  telephone: "",
  alias: "",
  status,
  address: "",
  english_name: "",
  main_department: bare(departments[0] ?? "1"),
});

const ListId = z.object({ cursor: z.string().optional(), limit: z.number().int().min(1).max(10_000) });

export const userListId: Call = ({ employees }, { body, as }) => {
  if (as !== "contacts") return { errcode: 48_002, errmsg: "api forbidden" };
  const { cursor = "0", limit } = ListId.parse(body);
  const rows = employees.flatMap(({ userid, departments }) =>
    departments.map((department) => ({ userid, department: bare(department) })),
  );
  const from = Number(cursor);
  const next = from + limit;
  return good({
    next_cursor: next < rows.length ? String(next) : "",
    dept_user: rows.slice(from, next),
  });
};

const Message = z.strictObject({
  touser: z.string(),
  msgtype: z.literal("textcard"),
  agentid: z.number().int(),
  textcard: z.strictObject({
    title: z.string(),
    description: z.string(),
    url: z.url(),
    btntxt: z.string(),
  }),
  enable_duplicate_check: z.literal(1),
  duplicate_check_interval: z.number().int(),
});
export type Message = z.infer<typeof Message>;

/** Takes a card; recipients are answered in lower case, and when none is left it is an error (90236). */
export const messageSend =
  (take: (message: Message) => void): Call =>
  ({ employees, agentId }, { body }) => {
    const message = Message.parse(body);
    if (message.agentid !== agentId) return { errcode: 301_002, errmsg: "not allow operate another agent" };
    const known = employees.some(({ userid }) => userid.toLowerCase() === message.touser.toLowerCase());
    if (!known) return { errcode: 81_013, errmsg: "user & party & tag all invalid" };
    take(message);
    return good({
      invaliduser: "",
      invalidparty: "",
      invalidtag: "",
      unlicenseduser: "",
      msgid: "m",
      response_code: "",
    });
  };

const good = (reply: object): object => ({ errcode: 0, errmsg: "ok", ...reply });
const forbiddenToContacts = { errcode: 48_009, errmsg: "api forbidden for contact assistant, hint: [1]" };
