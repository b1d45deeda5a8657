import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { bootLocalCloud, type LocalCloud } from "../../infra/local/cloud.ts";
import { eventually } from "./eventually.ts";
import { assetCode, type FixtureStack, writeAssembly } from "./stack-assembly.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

interface SesOptions {
  /** @default a domain and an address */
  readonly identities?: readonly string[];
  /** What the configuration set tells EventBridge of. @default what comes back */
  readonly eventTypes?: readonly string[];
}

const busEvent = z.looseObject({ "detail-type": z.string() });

/** A running cloud with a configuration set `notices`. */
export interface SesFixture {
  readonly cloud: LocalCloud;
  /** What SES told the default bus, as soon as it is at least so many events. */
  events(atLeast: number): Promise<z.infer<typeof busEvent>[]>;
}

/** Boots the stack in this process for the running test. */
export const bootSesFixture = async (options: SesOptions = {}): Promise<SesFixture> => {
  const directory = await temporaryDirectory();
  const notes = join(directory, "notes");
  const assembly = await writeAssembly(directory, stackOf(notes, options));
  const cloud = await bootLocalCloud({ assembly, dataDir: join(directory, "data") });
  onTestFinished(() => cloud.stop());
  return {
    cloud,
    events: (atLeast) =>
      eventually(`${atLeast} events of SES`, async () => {
        const text = await readFile(notes, "utf8").catch(() => "");
        // A line being written is not one yet.
        const lines = text.split("\n").slice(0, -1);
        return lines.length < atLeast ? undefined : lines.map((line) => busEvent.parse(JSON.parse(line)));
      }),
  };
};

const stackOf = (
  notes: string,
  { identities = ["example.test", "just.this@other.test"], eventTypes = ["bounce", "complaint"] }: SesOptions,
): FixtureStack => ({
  code: {
    listener: `
      import { appendFileSync } from "node:fs";
      export const handler = async (event) => appendFileSync(process.env.NOTES, JSON.stringify(event) + "\\n");`,
  },
  resources: {
    ...Object.fromEntries(
      identities.map((EmailIdentity, index) => [
        `Identity${index}`,
        { Type: "AWS::SES::EmailIdentity", Properties: { EmailIdentity } },
      ]),
    ),
    Notices: { Type: "AWS::SES::ConfigurationSet", Properties: { Name: "notices" } },
    Returned: {
      Type: "AWS::SES::ConfigurationSetEventDestination",
      Properties: {
        ConfigurationSetName: { Ref: "Notices" },
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: [...eventTypes],
          EventBridgeDestination: {
            EventBusArn: {
              "Fn::Sub": `arn:aws:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/default`,
            },
          },
        },
      },
    },
    Listener: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Code: assetCode("listener"),
        Environment: { Variables: { NOTES: notes } },
      },
    },
    Rule: {
      Type: "AWS::Events::Rule",
      Properties: {
        EventPattern: { source: ["aws.ses"] },
        Targets: [{ Id: "Listener", Arn: { "Fn::GetAtt": ["Listener", "Arn"] } }],
      },
    },
  },
});
