import { z } from "zod";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import type { FolderStatus } from "../../../shared/ports/mail-server.ts";
import type { Connection } from "./connection.ts";
import { encodedName } from "./encoded-name.ts";
import { statusOf } from "./folder-status.ts";
import { isOpen, type OpenImapFlow } from "./imapflow-internals.ts";
import { requireConnected } from "./require-connected.ts";
import type { Selection } from "./selection.ts";
import { flightsOf, sendTogether } from "./send-together.ts";

/**
 * The STATUS of several folders, in flights: by themselves each would cost a round trip. What is refused or incomplete is left out, to be
 * asked by itself, which names the reason; so is what may be out of date because the folder is open (`currentStatus`).
 */
export const askStatuses = async (
  connection: Connection,
  selection: Selection,
  paths: readonly FolderPath[],
): Promise<ReadonlyMap<FolderPath, FolderStatus>> => {
  const { client } = connection;
  if (!isOpen(client)) return new Map();
  const statuses = new Map<string, FolderStatus>();
  const names = paths
    .filter((path) => !selection.isOpen(path))
    .map((path) => [path, encodedName(client, path)] as const)
    .filter(([, name]) => !/\p{Cc}/u.test(name));
  const questions = names.map(
    ([, name]) =>
      () =>
        ask(client, name, statuses),
  );
  for (const flight of flightsOf(questions)) await sendTogether(client, flight);
  requireConnected(connection, "STATUS");
  return new Map(
    names.flatMap(([path, name]): [FolderPath, FolderStatus][] => {
      const status = statuses.get(name);
      return status === undefined ? [] : [[path, status]];
    }),
  );
};

const items = ["MESSAGES", "UIDNEXT", "UIDVALIDITY"].map((value) => ({ type: "ATOM", value }) as const);
const modseqItem = { type: "ATOM", value: "HIGHESTMODSEQ" } as const;

/**
 * Takes the answer by the name that it bears: a server may work on several questions at a time (RFC 3501 §5.5), and what belongs to another
 * folder would hide messages or double them.
 */
const ask = async (
  client: OpenImapFlow,
  name: string,
  statuses: Map<string, FolderStatus>,
): Promise<void> => {
  const wanted = client.capabilities.has("CONDSTORE") ? [...items, modseqItem] : items;
  const take = async (line: unknown): Promise<void> => {
    const [named, status] = read(line);
    if (named !== null && status !== null) statuses.set(named, status);
  };
  try {
    const answered = await client.exec("STATUS", [{ type: "STRING", value: name }, wanted], {
      untagged: { STATUS: take },
    });
    answered.next();
  } catch {
    statuses.delete(name);
  }
};

const Token = z.object({ value: z.union([z.string(), z.instanceof(Buffer)]).transform(String) });
const Line = z.object({ attributes: z.tuple([Token, z.array(Token)]) });

const Number32 = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform(Number);
const Number64 = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);
const Items = z
  .object({
    UIDVALIDITY: Number64,
    UIDNEXT: Number32,
    MESSAGES: Number32,
    HIGHESTMODSEQ: Number64.optional(),
  })
  .transform(({ UIDVALIDITY, UIDNEXT, MESSAGES, HIGHESTMODSEQ }) =>
    statusOf({
      ...{ uidValidity: UIDVALIDITY, uidNext: UIDNEXT, messages: MESSAGES },
      ...(HIGHESTMODSEQ === undefined ? {} : { highestModseq: HIGHESTMODSEQ }),
    }),
  );

/** A line of the answer: the folder's name and what is said of it, each null where it cannot be read. */
const read = (line: unknown): readonly [string | null, FolderStatus | null] => {
  const parsed = Line.safeParse(line).data;
  if (parsed === undefined) return [null, null];
  const [{ value: name }, list] = parsed.attributes;
  const pairs = list.flatMap(({ value }, index): [string, string][] =>
    index % 2 === 0 ? [[value.toUpperCase(), list[index + 1]?.value ?? ""]] : [],
  );
  return [name, Items.safeParse(Object.fromEntries(pairs)).data ?? null];
};
