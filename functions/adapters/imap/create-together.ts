import type { SurveyedFolder } from "../../../shared/ports/mail-server.ts";
import type { Connection } from "./connection.ts";
import { encodedName } from "./encoded-name.ts";
import { isOpen, type OpenImapFlow } from "./imapflow-internals.ts";
import { surveyFolders } from "./list-folders.ts";
import type { Selection } from "./selection.ts";
import { flightsOf, sendTogether } from "./send-together.ts";

/**
 * Asks for folders in one flight, and behind them in the same for the list that shows what came of it: a folder that was refused is not
 * there then. imapflow's own CREATE would subscribe to each. Where no name can go along nothing is asked and nothing is listed.
 */
export const createTogether = async (
  connection: Connection,
  selection: Selection,
  folders: readonly (readonly string[])[],
): Promise<readonly SurveyedFolder[]> => {
  const { client } = connection;
  if (!isOpen(client)) return [];
  const paths = folders.flatMap((segments) => plainPath(client, segments) ?? []);
  if (paths.length === 0) return [];
  const asked: Promise<readonly SurveyedFolder[]>[] = [];
  const survey = (): Promise<readonly SurveyedFolder[]> => {
    const answer = surveyFolders(connection, selection);
    asked.push(answer);
    return answer;
  };
  const commands = paths.map((path) => () => create(client, path));
  for (const flight of flightsOf([...commands, survey])) await sendTogether(client, flight);
  return asked[0] ?? [];
};

/** Letters are composed ones: a mark by itself may be composed, or not, by the server. */
const plainSegment = /^[\p{L}\p{N}_-]([\p{L}\p{N} _-]{0,38}[\p{L}\p{N}_-])?$/u;

/**
 * Where a folder belongs, if no server has cause to change its name: one that comes out under another has to be recognised, which
 * `createFolder` does and nobody can for many at a time.
 */
const plainPath = ({ namespace }: OpenImapFlow, segments: readonly string[]): string | null => {
  const prefix = namespace?.prefix ?? "";
  const separator = namespace?.delimiter ?? "";
  if (separator === "" && segments.length > 1) return null;
  const isPlain = segments.every(
    (segment) =>
      plainSegment.test(segment) &&
      segment.normalize("NFC") === segment &&
      (separator === "" || !segment.includes(separator)),
  );
  const path = segments.join(separator);
  // imapflow takes a name that begins like the prefix for one that has it already.
  const isAmbiguous = prefix !== "" && path.startsWith(prefix);
  return isPlain && !isAmbiguous && path.toUpperCase() !== "INBOX" ? prefix + path : null;
};

const create = async (client: OpenImapFlow, path: string): Promise<void> => {
  try {
    const name = { type: "STRING", value: encodedName(client, path) } as const;
    (await client.exec("CREATE", [name])).next();
  } catch {
    // The list behind it shows that it is not there, or fails as well.
  }
};
