/** What a heading and a few sentences say of an outcome. */
export interface OutcomeTexts {
  readonly title: string;
  readonly words: readonly string[];
}

/** Every sentence of the page in one language. */
export interface PageTexts {
  /** BCP 47. */
  readonly tag: "en" | "zh-CN";
  /** The other language, in its own words. */
  readonly other: { readonly tag: "en" | "zh-CN"; readonly name: string; readonly label: string };
  readonly brand: string;
  readonly about: (domain: string) => string;
  readonly askTitle: Readonly<Record<"member" | "public", string>>;
  readonly why: Readonly<Record<"member" | "public", string>>;
  readonly mailbox: Readonly<Record<"member" | "public", string>>;
  readonly label: string;
  readonly submit: string;
  /** Before the title of a page that shows a mistake. */
  readonly errorPrefix: string;
  readonly refused: string;
  readonly spaces: string;
  readonly triesLeft: (tries: number) => string;
  readonly problems: Readonly<Record<"missing" | "tooLong" | "elsewhere", string>>;
  readonly factsTitle: string;
  readonly facts: readonly string[];
  readonly doubtTitle: string;
  readonly doubt: string;
  /** Before the admin's address. */
  readonly contact: string;
  readonly accepted: OutcomeTexts;
  readonly alreadyAccepted: OutcomeTexts;
  readonly notAsked: OutcomeTexts;
  readonly tryLater: OutcomeTexts;
  /** Something of ours failed, and what became of the password is not known. */
  readonly failed: OutcomeTexts;
  readonly tryAgain: string;
  readonly locked: (minutes: number) => OutcomeTexts;
  readonly linkNotValid: OutcomeTexts;
}
