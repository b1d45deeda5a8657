import { z } from "zod";
import type { OpenImapFlow } from "./imapflow-internals.ts";

/**
 * The names of the folders that are subscribed to, as the server writes them (LSUB, RFC 3501 §6.3.9); null where it does not say. What
 * LIST tells of subscriptions (RFC 5258) is not relied upon: a server that passes over the wish answers like one with none.
 */
export const askSubscriptions = async (client: OpenImapFlow): Promise<ReadonlySet<string> | null> => {
  const names = new Set<string>();
  let isReadable = true;
  const take = async (line: unknown): Promise<void> => {
    const { data } = Line.safeParse(line);
    if (data === undefined) isReadable = false;
    else names.add(data.attributes[2]);
  };
  try {
    const answered = await client.exec("LSUB", [everywhere, everything], { untagged: { LSUB: take } });
    answered.next();
    return isReadable ? names : null;
  } catch {
    return null;
  }
};

const everywhere = { type: "STRING", value: "" } as const;
const everything = { type: "STRING", value: "*" } as const;

/** A name is a literal where it cannot be quoted. */
const Name = z.object({ value: z.union([z.string(), z.instanceof(Buffer)]).transform(String) });
const Line = z.object({
  attributes: z.tuple([z.unknown(), z.unknown(), Name.transform(({ value }) => value)], z.unknown()),
});
