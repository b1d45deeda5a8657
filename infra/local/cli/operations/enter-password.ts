import { EnterPassword, EnterPasswordAnswer } from "../../../../events/enter-password.ts";
import type { Language } from "../../../../shared/contract/errors.ts";
import { storedSentence } from "../../../../shared/contract/stored-error.ts";
import { exitStatus } from "../exit-status.ts";
import { terminalLanguage } from "../language.ts";
import { invokeFunction } from "../operate.ts";
import { UnusableInput } from "../unusable-input.ts";
import { addressesNamed } from "./addresses-named.ts";
import type { Operation } from "./operation.ts";
import { passwordOptions, readPassword } from "./read-password.ts";

/** 输入密码. */
export const enterPassword: Operation = {
  takes: "ADDRESS [--password-env NAME | --password-file FILE]",
  says: {
    en: "tries a mailbox' password at the old server; a right one is kept and the mailbox starts (stdin unless told otherwise)",
    zhCN: "输入密码：在原邮件服务器上验证，正确则保存并开始迁移（默认从标准输入读取）",
  },
  options: passwordOptions,
  run: async (place, words) => {
    const { pipeline, migration } = place;
    const [address, ...others] = await addressesNamed(place, words.rest);
    if (address === undefined || others.length > 0) throw new UnusableInput([oneAddress[terminalLanguage()]]);
    const order = EnterPassword.safeParse({
      migrationId: migration.migrationId,
      address,
      password: await readPassword(words),
    });
    if (!order.success) throw new UnusableInput(order.error.issues.map(({ message }) => message));
    const answer = EnterPasswordAnswer.parse(
      await invokeFunction(pipeline.lambda, pipeline.outputs.EnterPasswordFunctionName, order.data),
    );
    return {
      answer,
      status: answer.outcome === "accepted" ? exitStatus.done : exitStatus.doneWithLosses,
      sentences: sentencesOf(answer, terminalLanguage()),
    };
  },
};

const sentencesOf = (answer: EnterPasswordAnswer, language: Language): readonly string[] => {
  switch (answer.outcome) {
    case "accepted":
      return [];
    case "refused":
      return [storedSentence(answer.error, language), answer.remedy[language]];
    case "tryLater":
      return [storedSentence(answer.error, language)];
    case "notAsked":
      return [notAsked[language]];
  }
};

const oneAddress = { en: "One ADDRESS is needed.", zhCN: "需要且只能填写一个邮箱地址。" } as const;

const notAsked = {
  en: "No password is needed: the settings let one administrator into every mailbox.",
  zhCN: "无需密码：设置中使用管理员授权。",
} as const;
