import type { Language } from "../../../shared/contract/errors.ts";
import type { AccountStore } from "../../../shared/ports/account-store.ts";
import type { RunDocument } from "../../../shared/report/report-document.ts";
import { whyNotCompleted } from "../../../shared/report/report-line.ts";

/**
 * A run with the reasons of its first accounts as the person at this terminal reads them. The document itself has them in English,
 * because scripts read it.
 */
export const reasonsIn = async (
  language: Language,
  accounts: Pick<AccountStore, "get">,
  run: RunDocument,
  atMost: number,
): Promise<RunDocument> => {
  if (language === "en") return run;
  const first = run.perAccount.slice(0, atMost).map(async (line) => {
    if (line.reason === null) return line;
    const account = await accounts.get(run.migrationId, line.address);
    const reason = account === null ? null : whyNotCompleted(account, language);
    // It may have moved on since the report was written; what the report says of it still holds for this run.
    return { ...line, reason: reason ?? line.reason };
  });
  return { ...run, perAccount: [...(await Promise.all(first)), ...run.perAccount.slice(atMost)] };
};
