import { Timestamp } from "../../shared/contract/ids.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { dynamoAccountStore } from "../adapters/dynamodb/account-store.ts";
import { dynamoAllocationStore } from "../adapters/dynamodb/allocation-store.ts";
import { dynamoClaimStore } from "../adapters/dynamodb/claim-store.ts";
import { dynamoDirectoryStore } from "../adapters/dynamodb/directory-store.ts";
import { dynamoMailboxStore } from "../adapters/dynamodb/mailbox-store.ts";
import { dynamoMigrationStore } from "../adapters/dynamodb/migration-store.ts";
import { StateTable } from "../adapters/dynamodb/state-table.ts";
import { dynamoUserStore } from "../adapters/dynamodb/user-store.ts";
import * as clients from "./clients.ts";

/** The wall clock. */
export const systemClock: Clock = { now: () => Timestamp.parse(new Date().toISOString()) };

/** What a function that knows the state table can do with it. */
export const composeState = ({ TABLE_NAME }: { readonly TABLE_NAME: string }) => {
  const table = new StateTable(clients.dynamodb(), TABLE_NAME);
  return {
    clock: systemClock,
    table,
    migrations: dynamoMigrationStore(table),
    directories: dynamoDirectoryStore(table),
    accounts: dynamoAccountStore(table),
    allocations: dynamoAllocationStore(table),
    mailboxes: dynamoMailboxStore(table),
    claims: dynamoClaimStore(table),
    users: dynamoUserStore(table),
  };
};

/**
 * A first request before the first event is there: the connection, the credentials and the code on the way take several times as long as
 * the request itself, and Lambda gives a whole processor to what is done while an environment comes up.
 * @throws what the client throws
 */
export const warmUp = ({ TABLE_NAME }: { readonly TABLE_NAME: string }): Promise<void> =>
  new StateTable(clients.dynamodb(), TABLE_NAME).reach(AbortSignal.timeout(warmUpMilliseconds));

/** Of the ten seconds that Lambda gives an environment to come up. */
const warmUpMilliseconds = 2_000;
