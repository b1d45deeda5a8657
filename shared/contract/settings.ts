import { z } from "zod";
import { isTimeZone, weekdays } from "../time/local-time.ts";
import { directorySettingsOver } from "./directory-settings.ts";
import { MigrationId } from "./ids.ts";
import { MemberSettings, NoticeSettings } from "./member-settings.ts";
import { HeldSecret, SecretReference } from "./secret-reference.ts";
import { serverAuthOver } from "./server-auth.ts";

const Port = z.number().int().min(1).max(65_535);

/** `host` or `host:port` of a name server. */
const NameServer = z
  .string()
  .regex(/^[^\s:]+(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$/, "host or host:port");

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM");

/**
 * Hours in which mail is copied, in a time zone of the IANA database. `to` at or before `from` means the next day's; the days are
 * those on which the window opens.
 */
export const CopyWindow = z.strictObject({
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .max(7)
    .default([...weekdays]),
  from: TimeOfDay,
  to: TimeOfDay,
  timeZone: z.string().refine(isTimeZone, "a time zone such as Asia/Shanghai"),
});
export type CopyWindow = z.infer<typeof CopyWindow>;

/** The settings of a migration over a kind of secret: whichever reference a person writes, a held one where functions read them. */
const settingsOver = <S extends typeof SecretReference | typeof HeldSecret>(secret: S) => {
  const server = {
    host: z.string().min(1),
    port: Port.optional(),
    tls: z.enum(["implicit", "starttls", "none"]).default("implicit"),
    /** Lets `tls: "none"` leave this machine. Passwords and mail then cross the network in clear. */
    insecure: z.boolean().default(false),
    /** The authority that signed the server's certificate: a PEM file where a person writes the settings, its text once held. */
    ca: z.string().min(1).optional(),
    auth: serverAuthOver(secret),
    profile: z.string().min(1).optional(),
  };
  return z.strictObject({
    migrationId: MigrationId.optional(),
    domain: z.string().min(1).max(253),
    source: z.strictObject(server),
    target: z.strictObject({
      kind: z.literal("imap"),
      opens: z.enum(["before-switch", "after-switch"]).default("before-switch"),
      ...server,
    }),
    directory: directorySettingsOver(secret),
    /** Whether members without an account are given an address once the switch is verified (分配), those who join later included. */
    allocation: z.enum(["assign", "none"]).default("none"),
    members: MemberSettings.prefault({}),
    notices: NoticeSettings.prefault({}),
    mx: z
      .strictObject({
        expected: z
          .array(
            z.strictObject({ preference: z.number().int().min(0).max(65_535), exchange: z.string().min(1) }),
          )
          .min(1)
          .max(20)
          .default([
            { preference: 5, exchange: "mxbiz1.qq.com" },
            { preference: 10, exchange: "mxbiz2.qq.com" },
          ]),
        resolvers: z.array(NameServer).min(1).max(10).optional(),
        authoritative: z.array(NameServer).min(1).max(20).optional(),
      })
      .prefault({}),
    copy: z
      .strictObject({
        /** Connections to the source host at one time, of all mailboxes of all migrations together. */
        connectionsPerSourceHost: z.number().int().min(1).max(1_000).default(20),
        /** Bytes of mail fetched from the source host in a day (UTC), of all mailboxes together. @default no limit */
        bytesPerDay: z.number().int().min(1_000_000).optional(),
        /** The same for one mailbox. @default what the source's profile says, else no limit */
        bytesPerDayPerMailbox: z.number().int().min(1_000_000).optional(),
        /**
         * Whether folders that are views of others (Gmail's All Mail, Important, Starred) are copied as well, which doubles every message
         * that lies elsewhere too. Gmail's archived mail, which lies in All Mail alone, is copied either way: by itself, or with the view.
         */
        views: z.enum(["skip", "copy"]).default("skip"),
        /** When mail is copied; outside of all of them work waits. @default always */
        windows: z.array(CopyWindow).min(1).max(20).optional(),
        /** Connections to one mailbox at the target; much mail goes over the second and further ones. Some servers allow few. */
        connectionsPerMailbox: z.number().int().min(1).max(16).default(4),
        /**
         * Whether what is deleted at the source after it was copied is removed from the target too, until the switch begins.
         * Needs CONDSTORE at the target, to tell what somebody changed there.
         */
        deletions: z.enum(["ignore", "propagate"]).default("ignore"),
        verify: z.enum(["sample", "full"]).default("sample"),
        /** How long after a pass the next delta pass starts, in minutes, while the switch is awaited. */
        deltaEveryMinutes: z.number().int().min(1).max(10_080).default(60),
      })
      .prefault({}),
  });
};

/** `migration.json` as a person writes it (interfaces.md). Unknown keys are errors. */
export const MigrationSettings = settingsOver(SecretReference);
export type MigrationSettings = z.infer<typeof MigrationSettings>;

/** The input of the state machine's execution and what is recorded: the same document, its secrets only by ARN. */
export const HeldSettings = settingsOver(HeldSecret);
export type HeldSettings = z.infer<typeof HeldSettings>;

export type SourceServer = HeldSettings["source"];
export type TargetServer = HeldSettings["target"];
export type MxRecordSetting = HeldSettings["mx"]["expected"][number];
export type WecomDirectory = Extract<HeldSettings["directory"], { readonly kind: "wecom" }>;
