import { MailferryError } from "../../../shared/contract/errors.ts";

/** What to do about a reply: take it, try again with a new token, or tell. */
export type Judgement =
  | { readonly judgement: "good" }
  | { readonly judgement: "tokenDied" }
  | { readonly judgement: "refused"; readonly error: MailferryError };

/** The reply's verdict and what may be said about the call. */
export interface Judged {
  readonly call: string;
  readonly corpId: string;
  readonly errcode: number;
  readonly errmsg: string;
}

/**
 * Judges by `errcode` alone, as 全局错误码 (developer.work.weixin.qq.com/document/path/90313) asks; `errmsg` is only looked into
 * for the address that 60020 names ("from ip: …"), and shown to people.
 */
export const judge = ({ call, corpId, errcode, errmsg }: Judged): Judgement => {
  if (errcode === 0) return { judgement: "good" };
  if (tokenDied.has(errcode)) return { judgement: "tokenDied" };
  return { judgement: "refused", error: refusal({ call, corpId, errcode, errmsg }) };
};

/** 40014 not a token (it may die early), 42001 expired. */
const tokenDied: ReadonlySet<number> = new Set([40_014, 42_001]);

/** 45009 calls too often, 45033 too many at once. A block lasts a minute, an hour or a day (访问频率限制, 90312). */
const tooOften: ReadonlySet<number> = new Set([45_009, 45_033]);

/** 40001 not the secret, 40013 not the corp id, 40091 the secret is malformed, 41001–41004 one of them is missing. */
const wrongSecret: ReadonlySet<number> = new Set([40_001, 40_013, 40_091, 41_001, 41_002, 41_004]);

/**
 * The call is not for this secret: 48002, and 48009 where 通讯录同步 asks for more than ids from an address added since August 2022
 * (open.work.weixin.qq.com/devtool/query?e=48009).
 */
export const notForThisSecret: ReadonlySet<number> = new Set([48_002, 48_009]);

/** 60011 the department or member is out of sight, 301002 the app is not this secret's. */
const noRight: ReadonlySet<number> = new Set([...notForThisSecret, 60_011, 301_002]);

const refusal = ({ call, corpId, errcode, errmsg }: Judged): MailferryError => {
  if (tooOften.has(errcode)) return new MailferryError("WecomBusy", { call, code: errcode });
  if (wrongSecret.has(errcode)) return new MailferryError("WecomSecretRefused", { corpId, code: errcode });
  if (errcode === 60_020) return new MailferryError("WecomAddressRefused", { address: addressIn(errmsg) });
  if (noRight.has(errcode)) return new MailferryError("WecomRightMissing", { call, code: errcode });
  return new MailferryError("WecomRefused", { call, code: errcode, words: errmsg.slice(0, 200) });
};

/** `not allow to access from your ip, hint: […], from ip: 192.0.2.7, more info at …` */
const addressIn = (errmsg: string): string => /from ip: ?([0-9a-fA-F.:]{2,45})/.exec(errmsg)?.[1] ?? "?";
