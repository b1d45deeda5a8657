import { z } from "zod";
import type { HeldSecret, SecretReference } from "./secret-reference.ts";

/** Where WeCom's API answers (developer.work.weixin.qq.com/document/path/90664). */
const wecomApi = "https://qyapi.weixin.qq.com";

/** Where the company's members are found: `directory` of the settings, over a kind of secret. */
export const directorySettingsOver = <S extends typeof SecretReference | typeof HeldSecret>(secret: S) =>
  z
    .discriminatedUnion("kind", [
      /** A file where a person writes the settings, the object's key in the uploads bucket once held. */
      z.strictObject({ kind: z.literal("file"), path: z.string().min(1) }),
      /** The third sheet of the uploaded workbook. */
      z.strictObject({ kind: z.literal("sheet") }),
      /** WeCom itself: all members that the app (or the contacts-sync secret) may see. */
      z.strictObject({
        kind: z.literal("wecom"),
        corpId: z.string().min(1).max(64),
        /** The app's secret, or that of 通讯录同步, which is told account names but no people's names. */
        secret,
        /** The app that sends cards to members. @default no cards are sent */
        agentId: z.number().int().min(1).max(4_294_967_295).optional(),
        baseUrl: z.url({ protocol: /^https?$/ }).default(wecomApi),
      }),
    ])
    .default({ kind: "sheet" });
