import type { MailSession, SurveyedFolder } from "../../../shared/ports/mail-server.ts";
import type { AppendScope } from "./append-over.ts";
import { askStatuses } from "./ask-statuses.ts";
import type { Connection } from "./connection.ts";
import { createTogether } from "./create-together.ts";
import { surveyFolders, tellsStatuses } from "./list-folders.ts";
import type { Selection } from "./selection.ts";

type SurveyScope = Pick<AppendScope, "connection" | "selection" | "turns">;

/** The survey of a session: one flight, and where the list tells no statuses one more for every fifty folders. */
export const surveyOver = ({ connection, selection, turns }: SurveyScope): MailSession["survey"] => {
  const survey = () => selection.closing(() => surveyFolders(connection, selection));
  return async () => {
    const listed = await turns.ask(survey, () => hasNoPrefix(connection));
    if (tellsStatuses(connection)) return listed;
    return turns.take(() => withStatuses(connection, selection, listed));
  };
};

/** Making folders of a session, with the survey that shows them. */
export const createTogetherOver =
  ({ connection, selection, turns }: SurveyScope): MailSession["createTogether"] =>
  (folders) =>
    turns.take(async () => {
      const listed = await createTogether(connection, selection, folders);
      return tellsStatuses(connection) ? listed : withStatuses(connection, selection, listed);
    });

const withStatuses = async (
  connection: Connection,
  selection: Selection,
  folders: readonly SurveyedFolder[],
): Promise<readonly SurveyedFolder[]> => {
  const unknown = folders.filter(({ selectable, status }) => selectable && status === null);
  const statuses = await askStatuses(
    connection,
    selection,
    unknown.map(({ path }) => path),
  );
  return folders.map((folder) => ({ ...folder, status: folder.status ?? statuses.get(folder.path) ?? null }));
};

/** Whether all folders are where a list looks that knows of no namespace. */
const hasNoPrefix = ({ client }: Connection): boolean => (client.namespace?.prefix ?? "") === "";
