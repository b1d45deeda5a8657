import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { EnterPassword } from "../../../events/enter-password.ts";
import { MailboxWork } from "../../../events/mailbox-work.ts";
import { MemberPageRequest } from "../../../events/member-page-request.ts";
import { MxChangeDetectedEvent } from "../../../events/mx-change-detected.ts";
import { NoticeWork } from "../../../events/notice-work.ts";
import { ObjectCreatedEvent } from "../../../events/object-created.ts";
import { OpenPhase } from "../../../events/open-phase.ts";
import { OperatorCommand } from "../../../events/operator-command.ts";
import { OutgoingMailEvent } from "../../../events/outgoing-mail-event.ts";
import { ReadDirectory } from "../../../events/read-directory.ts";
import { RecordFailure } from "../../../events/record-failure.ts";
import { Route53ChangeEvent } from "../../../events/route53-change.ts";
import { TickEvent } from "../../../events/tick.ts";
import { VerifyDomain } from "../../../events/verify-domain.ts";
import { WriteReport } from "../../../events/write-report.ts";

const schemas: Readonly<Record<string, z.ZodType>> = {
  "enter-password": EnterPassword,
  "mailbox-work": MailboxWork,
  "member-page-request": MemberPageRequest,
  "mx-change-detected": MxChangeDetectedEvent,
  "notice-work": NoticeWork,
  "object-created": ObjectCreatedEvent,
  "open-phase": OpenPhase,
  "operator-command": OperatorCommand,
  "read-directory": ReadDirectory,
  "outgoing-mail-event": OutgoingMailEvent,
  "record-failure": RecordFailure,
  "route53-change": Route53ChangeEvent,
  tick: TickEvent,
  "verify-domain": VerifyDomain,
  "write-report": WriteReport,
};

const events = join(import.meta.dirname, "../../../events");
const namesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => basename(file, ending))
    .sort();

describe("events", () => {
  it("have one schema and one example each", () => {
    expect(namesIn(events, ".ts")).toEqual(Object.keys(schemas).sort());
    expect(namesIn(join(events, "examples"), ".json")).toEqual(Object.keys(schemas).sort());
  });

  it.each(Object.entries(schemas))("%s: the example is one", (name, schema) => {
    const example: unknown = JSON.parse(readFileSync(join(events, "examples", `${name}.json`), "utf8"));
    expect(schema.safeParse(example)).toMatchObject({ success: true });
    expect(schema.safeParse({}).success).toBe(false);
  });
});
