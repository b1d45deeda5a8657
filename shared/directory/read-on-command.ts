import type { OperatorAnswer, OperatorCommand } from "../../events/operator-command.ts";
import type { DirectoryReader } from "../ports/directory-reader.ts";

/** An operator wants to know now who is in the company, or says that it is right that so few are seen. */
export const readOnCommand = async (
  app: { readonly directoryReader: Pick<DirectoryReader, "read"> },
  { migrationId, evenIfFewer }: Extract<OperatorCommand, { command: "readDirectory" }>,
): Promise<OperatorAnswer> => {
  const answer = await app.directoryReader.read({
    migrationId,
    ...(evenIfFewer === undefined ? {} : { evenIfFewer }),
  });
  switch (answer.outcome) {
    case "taken": {
      const { outcome: _taken, ...directory } = answer;
      return { outcome: "done", directory };
    }
    case "notTaken":
    case "notAsked":
      return answer;
  }
};
