/** A mailbox' mail: how many messages, and over how many folders it lies. */
export interface Amount {
  readonly messages: number;
  /** The INBOX is one of them. @default 1 */
  readonly folders?: number;
}

/** A folder of a mailbox, and how many of its messages lie in it. */
export interface FolderShare {
  readonly path: string;
  readonly messages: number;
}

/** The folders of a mailbox, the INBOX first; their shares differ by one message at most. */
export const folderShares = ({ messages, folders = 1 }: Amount): readonly FolderShare[] =>
  Array.from({ length: folders }, (_unused, index) => ({
    path: index === 0 ? "INBOX" : pathOf(index),
    messages: Math.floor((messages * (index + 1)) / folders) - Math.floor((messages * index) / folders),
  }));

/** Flat and nested, a third of them in Chinese; no program takes any of these names for a folder of its own, such as the one of sent mail. */
const forms: readonly ((number: number) => string)[] = [
  (number) => `Letters ${number}`,
  (number) => `Projects/Project ${number}`,
  (number) => `合同 ${number}`,
  (number) => `Minutes ${number}`,
  (number) => `Customers/Europe/Customer ${number}`,
  (number) => `项目/第${number}期`,
];

const pathOf = (index: number): string => {
  const form = forms[(index - 1) % forms.length];
  if (form === undefined) throw new Error("there is no name for a folder");
  return form(index);
};
