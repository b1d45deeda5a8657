import type { MemberCard } from "../../../shared/ports/member-cards.ts";
import { cutToBytes, firstCharacters } from "./cut.ts";

/** What of the same content is shown only once, in seconds: WeCom's own default. */
const duplicateInterval = 1_800;

/**
 * The body of message/send for a text card (developer.work.weixin.qq.com/document/path/90236, 文本卡片消息): a title of 128 bytes,
 * a description of 512, in which `<br>` and `<div>` are markup, a button of four characters.
 */
export const textCardMessage = (agentId: number, card: MemberCard) => ({
  touser: card.memberId,
  msgtype: "textcard",
  agentid: agentId,
  textcard: {
    title: cutToBytes(card.title, 128, inOneLine),
    description: cutToBytes(card.description, 512, inMarkup),
    url: card.url,
    btntxt: firstCharacters(card.button, 4),
  },
  enable_duplicate_check: 1,
  duplicate_check_interval: duplicateInterval,
});

/** Nobody has written down whether entities are read, so angle brackets, which would be markup, become wide ones. */
const inOneLine = (character: string): string =>
  /[\r\n]/.test(character) ? " " : character.replaceAll("<", "＜").replaceAll(">", "＞");

const inMarkup = (character: string): string =>
  /[\r\n]/.test(character) ? "<br>" : character.replaceAll("<", "＜").replaceAll(">", "＞");
