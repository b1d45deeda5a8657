import type { OperatorAnswer } from "../../../../events/operator-command.ts";
import type { Language } from "../../../../shared/contract/errors.ts";

/** What one call has no time for the next one goes on with; 100,000 accounts take two or three. */
const repeatsAtMost = 50;

/**
 * Asks again for as long as the answer says that the time did not suffice, saying meanwhile how far it is. The answer to the last call,
 * with what was removed in all of them; still `unfinished` when as many calls as this have not been enough.
 */
export const untilFinished = async (
  ask: () => Promise<OperatorAnswer>,
  say: (sentence: string) => void,
  language: Language,
): Promise<OperatorAnswer> => {
  let answer = await ask();
  for (let more = 0; answer.outcome === "unfinished" && more < repeatsAtMost; more += 1) {
    say(goesOn(answer)[language]);
    answer = together(answer, await ask());
  }
  return answer;
};

/** An answer that counts nothing, because an import came in between, leaves what was counted before as it is. */
const together = (earlier: OperatorAnswer, later: OperatorAnswer): OperatorAnswer => {
  if (earlier.cleared === undefined) return later;
  if (later.cleared === undefined) return { ...later, cleared: earlier.cleared };
  const removed = earlier.cleared.removed + later.cleared.removed;
  return { ...later, cleared: { ...later.cleared, removed } };
};

const goesOn = ({ cleared }: OperatorAnswer) =>
  cleared === undefined
    ? { en: "Not all of it is done yet; it goes on.", zhCN: "尚未全部完成，正在继续。" }
    : {
        en: `Accounts removed: ${cleared.removed}, left: ${cleared.left}; it goes on.`,
        zhCN: `已删除 ${cleared.removed} 个账号，还有 ${cleared.left} 个，正在继续。`,
      };
