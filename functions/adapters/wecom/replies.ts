import { z } from "zod";

/*
 * What WeCom answers, as far as it is used. Fields that are not named here are passed over; ids of departments are text,
 * whatever they were written as. The pages are under developer.work.weixin.qq.com/document/path/.
 */

/** What every reply has (90313, 全局错误码): `errcode` decides, `errmsg` may change at any time. */
export const Verdict = z.object({ errcode: z.number().int().default(0), errmsg: z.string().default("") });
export type Verdict = z.infer<typeof Verdict>;

const DepartmentId = z.union([z.string().regex(/^\d{1,20}$/), z.number().int().transform(String)]);

/** 91039, 获取access_token: at most 512 bytes, good for `expires_in` seconds, usually 7,200. */
export const TokenReply = z.object({
  access_token: z.string().min(1).max(4_096),
  expires_in: z.number().int().min(1).max(604_800),
});

/** 90208, 获取部门列表: everything that the secret may see. There are at most 30,000 departments. */
export const DepartmentsReply = z.object({
  department: z.array(z.object({ id: DepartmentId, name: z.string().max(256).default("") })).max(100_000),
});

/** 90201, 获取部门成员详情: of one department, without those below it. There are at most 30,000 members in one. */
export const MembersReply = z.object({
  userlist: z
    .array(
      z.object({
        userid: z.string().min(1).max(64),
        name: z.string().max(256).default(""),
        department: z.array(DepartmentId).max(1_000).default([]),
        /** 1 active, 2 disabled, 4 not yet active, 5 has left the company. */
        status: z.number().int().optional(),
        mobile: z.string().max(64).optional().catch(undefined),
        email: z.string().max(254).optional().catch(undefined),
        biz_mail: z.string().max(254).optional().catch(undefined),
        biz_mail_alias: z
          .object({ item: z.array(z.string().max(254)).max(100) })
          .optional()
          .catch(undefined),
      }),
    )
    .max(100_000),
});

/** 96067, 获取成员ID列表: one entry for each department a member is in. An empty cursor ends the list. */
export const MemberIdsReply = z.object({
  next_cursor: z.string().max(4_096).default(""),
  dept_user: z
    .array(z.object({ userid: z.string().min(1).max(64), department: DepartmentId.optional() }))
    .max(10_000),
});

/** 90236, 发送应用消息: recipients who are not reached, in lower case, separated by bars. */
export const SentReply = z.object({
  invaliduser: z.string().max(4_096).default(""),
  unlicenseduser: z.string().max(4_096).default(""),
});
