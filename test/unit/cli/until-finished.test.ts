import { describe, expect, it } from "vitest";
import { OperatorAnswer } from "../../../events/operator-command.ts";
import { untilFinished } from "../../../infra/local/cli/operations/until-finished.ts";
import type { Language } from "../../../shared/contract/errors.ts";

const cleared = (outcome: string, removed: number, kept: number, left: number): OperatorAnswer =>
  OperatorAnswer.parse({ outcome, cleared: { removed, kept, keptFirst: [], left } });

/** Has these answers given one after the other, the last one for ever. */
const asking = async (answers: readonly OperatorAnswer[], language: Language = "en") => {
  const said: string[] = [];
  let asked = 0;
  const ask = async (): Promise<OperatorAnswer> => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    if (answer === undefined) throw new Error("There is no answer.");
    return answer;
  };
  const answer = await untilFinished(ask, (sentence) => said.push(sentence), language);
  return { answer, said, asked };
};

describe("an operator command that the time does not suffice for", () => {
  it("is asked for again until it is done, and its answer tells of all that was done", async () => {
    const answers = [
      cleared("unfinished", 100, 2, 50),
      cleared("unfinished", 40, 2, 10),
      cleared("done", 10, 2, 0),
    ];
    const { answer, said, asked } = await asking(answers);
    expect(answer).toEqual(cleared("done", 150, 2, 0));
    expect(asked).toBe(3);
    expect(said).toEqual([
      "Accounts removed: 100, left: 50; it goes on.",
      "Accounts removed: 140, left: 10; it goes on.",
    ]);
  });

  it("says in Chinese how far it is", async () => {
    const { said } = await asking([cleared("unfinished", 100, 0, 50), cleared("done", 50, 0, 0)], "zhCN");
    expect(said).toEqual(["已删除 100 个账号，还有 50 个，正在继续。"]);
    const { said: counted } = await asking([{ outcome: "unfinished" }, { outcome: "done" }], "zhCN");
    expect(counted).toEqual(["尚未全部完成，正在继续。"]);
  });

  it("is asked for once when that is enough, and nothing is said", async () => {
    expect(await asking([{ outcome: "done" }])).toEqual({ answer: { outcome: "done" }, said: [], asked: 1 });
  });

  it("is not asked for without end", async () => {
    const { answer, asked } = await asking([cleared("unfinished", 1, 0, 7)]);
    expect(asked).toBe(51);
    expect(answer).toEqual(cleared("unfinished", 51, 0, 7));
  });

  it("does not forget what was removed when an import comes in between", async () => {
    const { answer } = await asking([cleared("unfinished", 100, 0, 50), { outcome: "importUnderWay" }]);
    expect(answer).toEqual(cleared("importUnderWay", 100, 0, 50));
  });
});
