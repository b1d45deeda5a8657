import { expect, it } from "vitest";
import { dynamoMailboxStore } from "../../functions/adapters/dynamodb/mailbox-store.ts";
import { FolderPath, UidValidity } from "../../shared/contract/ids.ts";
import { RefusedMessage } from "../../shared/contract/mailbox.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { openStateTable } from "../support/state-table.ts";

const { migrationId, address } = exampleAccount(1);
const refused = (sourcePath: string, uid: number): RefusedMessage =>
  RefusedMessage.parse({
    ...{ migrationId, address, sourcePath, uid, pass: 1 },
    sourceUidValidity: UidValidity.parse("7"),
    ...{
      size: 5,
      internalDate: "2026-11-22T08:00:00.000Z",
      subject: "s",
      class: "over-quota",
      words: "full",
    },
  });

it("a refusal that is overcome is forgotten, and no other one; twice is no error", async () => {
  const { table } = await openStateTable();
  const store = dynamoMailboxStore(table);
  const mailbox = { migrationId, address };
  const kept = [refused("A", 1), refused("A", 12), refused("B", 2)];
  for (const message of [...kept, refused("A", 2)]) await store.putRefused(message);
  for (let time = 0; time < 2; time += 1) {
    await store.deleteRefused(mailbox, {
      sourcePath: FolderPath.parse("A"),
      sourceUidValidity: UidValidity.parse("7"),
      uid: refused("A", 2).uid,
    });
    expect(await store.refused(mailbox)).toEqual(kept);
  }
});
