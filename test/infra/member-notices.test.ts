import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { noticesQueue } from "../../shared/contract/queue.ts";
import { matches } from "./support/event-pattern.ts";
import { resourcesOf, synthesised } from "./support/synthesised.ts";

const { template } = await synthesised({ mailFrom: "yunfan.example" });
const { template: withoutSender } = await synthesised();

const statementsOf = (from: typeof template) =>
  resourcesOf(from, "AWS::IAM::Policy").flatMap(({ id, properties }) =>
    z
      .object({ PolicyDocument: z.object({ Statement: z.array(z.looseObject({})) }) })
      .parse(properties)
      .PolicyDocument.Statement.map((statement) => ({ id, text: JSON.stringify(statement) })),
  );

describe("mail", () => {
  it("is sent by one function, under the one identity and through the one configuration set", () => {
    const sending = statementsOf(template).filter(({ text }) => text.includes("ses:"));
    expect(sending.map(({ id }) => id)).toEqual([expect.stringMatching(/sendnotice/)]);
    const [{ text } = { text: "" }] = sending;
    expect(text).toContain('"Action":"ses:SendEmail"');
    expect(text).toContain(":identity/yunfan.example");
    expect(text).toContain(":configuration-set/");
    expect(text).not.toContain("*");
  });

  it("is sent by nobody where the deployment names no sender", () => {
    expect(statementsOf(withoutSender).filter(({ text }) => text.includes("ses:"))).toEqual([]);
  });

  it("that comes back is told to the one who notes it, other people's mail is not", async () => {
    const [rule] = resourcesOf(template, "AWS::Events::Rule").filter(({ id }) => id.includes("MailReturned"));
    const event = z
      .looseObject({ detail: z.looseObject({ mail: z.looseObject({}) }) })
      .parse(JSON.parse(await readFile(join(import.meta.dirname, exampleFile), "utf8")));
    expect(JSON.stringify(rule?.properties.Targets)).toMatch(/notebounce/);
    expect(matches(rule?.properties.EventPattern, event)).toBe(true);
    const foreign = { ...event.detail.mail, tags: { "ses:configuration-set": ["theirs"] } };
    expect(
      matches(rule?.properties.EventPattern, { ...event, detail: { ...event.detail, mail: foreign } }),
    ).toBe(false);
  });
});

describe("the notices queue", () => {
  const [queue] = resourcesOf(template, "AWS::SQS::Queue").filter(({ id }) => /^NoticesQueue/.test(id));

  it("follows the contract's arithmetic, and holds up no notice behind another", () => {
    expect(queue?.properties).toMatchObject({
      VisibilityTimeout: noticesQueue.visibilityTimeoutSeconds,
      RedrivePolicy: { maxReceiveCount: noticesQueue.maxReceiveCount },
    });
    expect(queue?.properties.FifoQueue).toBeUndefined();
    expect(noticesQueue.visibilityTimeoutSeconds).toBeGreaterThanOrEqual(
      6 * noticesQueue.senderTimeoutSeconds,
    );
  });

  it("feeds few senders at a time, one notice each", () => {
    const mappings = resourcesOf(template, "AWS::Lambda::EventSourceMapping").map(
      ({ properties }) => properties,
    );
    expect(mappings.filter(({ FunctionName }) => /sendnotice/.test(JSON.stringify(FunctionName)))).toEqual([
      {
        BatchSize: 1,
        EventSourceArn: { "Fn::GetAtt": [queue?.id, "Arn"] },
        FunctionName: expect.anything(),
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: noticesQueue.senders },
      },
    ]);
  });

  it("is filled by those who begin passes and by the operator, and by nobody else", () => {
    const senders = statementsOf(template)
      .filter(({ text }) => text.includes("sqs:SendMessage") && text.includes(`"${queue?.id}"`))
      .map(({ id }) => id);
    expect(senders.sort()).toEqual(
      [/importaccounts/, /mxchange/, /operatorcommand/, /tick/, /openphase/].map((name) =>
        expect.stringMatching(name),
      ),
    );
  });
});

const exampleFile = "../../events/examples/outgoing-mail-event.json";
