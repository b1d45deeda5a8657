import type { z } from "zod";
import { Member, sameMember } from "../../../shared/accounts/directory.ts";
import { forEachBounded } from "../../../shared/accounts/for-each-bounded.ts";
import { isMailferryError } from "../../../shared/contract/errors.ts";
import type { DirectoryReading } from "../../../shared/ports/member-directory.ts";
import type { WecomClient } from "./client.ts";
import { notForThisSecret } from "./judge.ts";
import type { WecomAccess } from "./means.ts";
import { DepartmentsReply, MemberIdsReply, MembersReply } from "./replies.ts";
import { unusable } from "./request.ts";

/**
 * Everybody the secret may see. An app is told departments and people with their names; the secret of 通讯录同步, which since
 * August 2022 is told ids only (developer.work.weixin.qq.com/document/path/96067), gives members without a name.
 * @throws what WecomClient.call throws: a department that cannot be read is no empty department
 */
export const readMembers = async (client: WecomClient, access: WecomAccess): Promise<DirectoryReading> => {
  try {
    return { members: await membersInOneGo(client, access), names: "told" };
  } catch (error) {
    if (!isOnlyForApps(error)) throw error;
    return { members: await membersById(client, access), names: "withheld" };
  }
};

const isOnlyForApps = (error: unknown): boolean =>
  isMailferryError(error, "WecomRightMissing") && notForThisSecret.has(Number(error.evidence.code));

/** A department may be removed between the list and its turn, and its members be elsewhere by then: all of it is read once more. */
const membersInOneGo = async (client: WecomClient, access: WecomAccess): Promise<readonly Member[]> => {
  try {
    return await membersByDepartment(client, access);
  } catch (error) {
    const isGone = isMailferryError(error, "WecomRefused") && error.evidence.code === departmentNotFound;
    if (!isGone) throw error;
    return membersByDepartment(client, access);
  }
};

const departmentNotFound = 60_003;

/** Departments asked at one time; the client's own pace is the limit that counts. */
const lanes = 8;

/** Somebody who has left the company is still listed for a while (status 5). */
const leftTheCompany = 5;

/**
 * The list of a department leaves out those below it, and somebody in two departments is in two lists
 * (developer.work.weixin.qq.com/document/path/90201).
 */
const membersByDepartment = async (client: WecomClient, access: WecomAccess): Promise<readonly Member[]> => {
  const { department: departments } = await client.call(access, {
    call: "department/list",
    reply: DepartmentsReply,
  });
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  const members = new Map<string, Member>();
  await forEachBounded([...names.keys()], lanes, async (id) => {
    const { userlist } = await client.call(access, {
      call: "user/list",
      query: { department_id: id },
      reply: MembersReply,
    });
    for (const listed of userlist) {
      const key = sameMember(listed.userid);
      if (listed.status !== leftTheCompany && !members.has(key)) members.set(key, memberOf(listed, names));
    }
  });
  return inOrder(members);
};

type Listed = z.infer<typeof MembersReply>["userlist"][number];

/** With the address of the company's own mailbox where WeCom tells it; an app made since June 2022 is told none. */
const memberOf = (listed: Listed, departments: ReadonlyMap<string, string>): Member => {
  const address = listed.biz_mail || listed.email;
  const aliases = listed.biz_mail_alias?.item ?? [];
  return Member.parse({
    userid: listed.userid,
    name: listed.name,
    departments: listed.department.slice(0, 100).map((id) => departments.get(id) || id),
    ...(address ? { email: address } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(listed.mobile ? { mobile: listed.mobile } : {}),
  });
};

/** The largest page there is (96067). */
const pageSize = 10_000;

/** 500,000 members, each in several departments; it bounds the loop should a cursor never end. */
const pagesAtMost = 300;

const membersById = async (client: WecomClient, access: WecomAccess): Promise<readonly Member[]> => {
  const departments = new Map<string, Member>();
  let cursor = "";
  for (let page = 0; page < pagesAtMost; page += 1) {
    const { dept_user, next_cursor } = await client.call(access, {
      call: "user/list_id",
      body: { ...(cursor === "" ? {} : { cursor }), limit: pageSize },
      reply: MemberIdsReply,
    });
    for (const { userid, department } of dept_user) {
      const known = departments.get(sameMember(userid));
      const added = department === undefined ? [] : [department];
      departments.set(
        sameMember(userid),
        Member.parse({
          userid: known?.userid ?? userid,
          name: "",
          departments: [...(known?.departments ?? []), ...added].slice(0, 100),
        }),
      );
    }
    if (next_cursor === "") return inOrder(departments);
    if (next_cursor === cursor) throw unusable("user/list_id", "its cursor stands still");
    cursor = next_cursor;
  }
  throw unusable("user/list_id", `it does not end after ${pagesAtMost} pages`);
};

/** By account name, so that the same company gives the same snapshot however its answers came in. */
const inOrder = (members: ReadonlyMap<string, Member>): readonly Member[] =>
  [...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, member]) => member);
