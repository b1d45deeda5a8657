import { MailAddress } from "../../../../shared/contract/ids.ts";
import { terminalLanguage } from "../language.ts";
import { UnusableInput } from "../unusable-input.ts";
import type { Place } from "./operation.ts";

/** As many as the operator command takes. */
const addressesAtMost = 1_000;

/**
 * The addresses that stand behind a command, each that of an account: a slip of the pen must not look like something that was done.
 * @throws UnusableInput with every one that is none
 */
export const addressesNamed = async (
  { pipeline, migration }: Place,
  words: readonly string[],
): Promise<readonly MailAddress[]> => {
  const language = terminalLanguage();
  if (words.length > addressesAtMost) throw new UnusableInput([tooMany[language]]);
  const problems: string[] = [];
  const addresses: MailAddress[] = [];
  for (const word of new Set(words.map((each) => each.toLowerCase()))) {
    const address = MailAddress.safeParse(word);
    if (!address.success) problems.push(noAddress(word)[language]);
    else if ((await pipeline.accounts.get(migration.migrationId, address.data)) === null)
      problems.push(noAccount(word)[language]);
    else addresses.push(address.data);
  }
  if (problems.length > 0) throw new UnusableInput(problems);
  return addresses;
};

const tooMany = {
  en: `At most ${addressesAtMost} addresses can be named; without any, all accounts are meant.`,
  zhCN: `最多可列出 ${addressesAtMost} 个地址；不列出则为全部账号。`,
} as const;

const noAddress = (word: string) => ({
  en: `${word}: this is not a complete e-mail address.`,
  zhCN: `${word}：不是完整的邮箱地址。`,
});

const noAccount = (word: string) => ({
  en: `${word}: there is no such account in this migration.`,
  zhCN: `${word}：本次迁移中没有该账号。`,
});
