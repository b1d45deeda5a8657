import type { Language } from "../../../shared/contract/errors.ts";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import type { AccountStore } from "../../../shared/ports/account-store.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { MemberLinkStore } from "../../../shared/ports/member-link-store.ts";
import { hasLinkInHand } from "../../../shared/report/link-sentence.ts";
import type { ReportLine } from "../../../shared/report/report-document.ts";
import { whyNotCompleted } from "../../../shared/report/report-line.ts";

interface ReasonsInPorts {
  readonly clock: Clock;
  readonly accounts: Pick<AccountStore, "get">;
  readonly memberLinks: Pick<MemberLinkStore, "access">;
}

interface Lines {
  readonly migrationId: MigrationId;
  readonly perAccount: readonly Pick<ReportLine, "address" | "reason">[];
}

/**
 * A report with the reasons of its first accounts as the person at this terminal reads them. The document itself has them in English,
 * because scripts read it.
 */
export const reasonsIn = async <Report extends Lines>(
  language: Language,
  { accounts, memberLinks, clock }: ReasonsInPorts,
  run: Report,
  atMost: number,
): Promise<Report> => {
  if (language === "en") return run;
  const first = run.perAccount.slice(0, atMost).map(async (line) => {
    if (line.reason === null) return line;
    const account = await accounts.get(run.migrationId, line.address);
    const link =
      account !== null && hasLinkInHand(account)
        ? { access: await memberLinks.access(account), now: clock.now() }
        : null;
    const reason = account === null ? null : whyNotCompleted(account, language, link);
    // It may have moved on since the report was written; what the report says of it still holds for this run.
    return { ...line, reason: reason ?? line.reason };
  });
  return { ...run, perAccount: [...(await Promise.all(first)), ...run.perAccount.slice(atMost)] };
};
