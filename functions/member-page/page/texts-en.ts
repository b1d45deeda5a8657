import type { PageTexts } from "./texts.ts";

const duration = (minutes: number): string => {
  if (minutes === 1) return "1 minute";
  if (minutes < 120) return `${minutes} minutes`;
  return `${Math.ceil(minutes / 60)} hours`;
};

export const english: PageTexts = {
  tag: "en",
  other: { tag: "zh-CN", name: "简体中文", label: "切换到简体中文" },
  brand: "Mailbox move",
  about: (domain) => `${domain} is moving to a new mail service`,
  askTitle: {
    member: "Enter the password of your old mailbox",
    public: "Enter the password of the shared mailbox",
  },
  why: {
    member: "It is needed to copy your old mail into your new mailbox. You only have to do this once.",
    public: "It is needed to copy the old mail into the new mailbox. One of its users has to do this, once.",
  },
  mailbox: { member: "Your old mailbox", public: "Shared mailbox" },
  label: "Password of the old mailbox",
  submit: "Check and continue",
  errorPrefix: "Not accepted: ",
  refused: "The old mail server did not accept this password",
  spaces: "What you entered contains spaces. If you copied it, try it without them.",
  triesLeft: (tries) =>
    tries === 1
      ? "You have one more try before this page pauses for a while."
      : `You have ${tries} more tries before this page pauses for a while.`,
  problems: {
    missing: "Please enter the password.",
    tooLong: "That is longer than any password. Please enter only the password.",
    elsewhere: "The form was not sent from this page, so nothing was tried. Please enter the password here.",
  },
  factsTitle: "What happens with the password",
  facts: [
    "It is tried at your old mail server now, and you see at once whether it is right.",
    "It is kept encrypted and used for nothing but copying this mailbox.",
    "Your old mailbox stays as it is: nothing in it is changed or deleted.",
    "When the move is over, the password is destroyed.",
  ],
  doubtTitle: "Not sure whether this is genuine?",
  doubt:
    "Ask your mail administrator in person before you enter anything. Nobody will ask you for this password by mail, phone or chat.",
  contact: "Your administrator:",
  accepted: {
    title: "Thank you, the password is right",
    words: [
      "From here on the mailbox moves by itself. You need not do anything else.",
      "Go on using your old mailbox as usual until your administrator tells you to change over. You may close this page.",
    ],
  },
  alreadyAccepted: {
    title: "Nothing left to do",
    words: [
      "The password of this mailbox has been accepted already, and its mail is taken care of.",
      "You may close this page.",
    ],
  },
  notAsked: {
    title: "Your password is not needed",
    words: ["This mailbox is moved without its password, or the move is over. You may close this page."],
  },
  tryLater: {
    title: "The old mail server cannot be asked just now",
    words: [
      "What you entered could not be checked. It was not kept, and it does not count as a try.",
      "Please try again in a few minutes.",
    ],
  },
  failed: {
    title: "This page has a problem just now",
    words: [
      "Something failed on our side; it is not your doing. Please open the link again in a few minutes.",
      "If it stays so, tell your mail administrator.",
    ],
  },
  tryAgain: "Try again",
  locked: (minutes) => ({
    title: `Please wait ${duration(minutes)}`,
    words: [
      "The password was wrong several times, so this page pauses to protect the mailbox.",
      `You can try again in ${duration(minutes)}, with this same link. If you do not know the password, ask your administrator.`,
    ],
  }),
  linkNotValid: {
    title: "This link does not work (any more)",
    words: [
      "It may have run out, or a newer one has been sent to you: use the link in the latest message.",
      "If you copied it, check that it is complete. Otherwise ask your mail administrator for a new link.",
    ],
  },
};
