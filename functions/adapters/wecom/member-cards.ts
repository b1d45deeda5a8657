import { isMailferryError } from "../../../shared/contract/errors.ts";
import type { WecomDirectory } from "../../../shared/contract/settings.ts";
import { problemAt, settingsUnusable } from "../../../shared/domain/settings-problems.ts";
import { takeCardTurn } from "../../../shared/notices/card-pace.ts";
import type { CardStore } from "../../../shared/ports/card-store.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { CardOutcome, MemberCard, MemberCards } from "../../../shared/ports/member-cards.ts";
import type { SecretStore } from "../../../shared/ports/secret-store.ts";
import type { WecomClient } from "./client.ts";
import { SentReply } from "./replies.ts";
import { textCardMessage } from "./text-card.ts";
import { withAccess } from "./with-access.ts";

interface CardParts {
  readonly client: WecomClient;
  readonly secrets: SecretStore;
  readonly cards: CardStore;
  readonly clock: Clock;
}

/** Text cards of the settings' app. */
export const wecomMemberCards = (parts: CardParts): MemberCards => ({
  send: async (directory, card) => {
    if (directory.agentId === undefined)
      throw settingsUnusable([problemAt("directory.agentId", cardsNeedAnApp)]);
    if (!isAccountName(card.memberId)) return { outcome: "undeliverable", reason: "unknownMember" };
    const turn = await takeCardTurn(parts, directory.corpId, card.memberId);
    if (turn.turn === "later") return { outcome: "tooMany", retryAfterSeconds: turn.retryAfterSeconds };
    return sendTextCard(parts, directory, directory.agentId, card);
  },
});

/**
 * `userid` as WeCom allows it (developer.work.weixin.qq.com/document/path/90195). Anything else is not sent to: `|` would separate
 * recipients, and `@all` is the whole company.
 */
const cardsNeedAnApp = { en: "cards need an app", zhCN: "发送卡片需要指定应用" };

const isAccountName = (memberId: string): boolean => /^[0-9A-Za-z][\w@.-]{0,63}$/.test(memberId);

const sendTextCard = async (
  { client, secrets }: CardParts,
  directory: WecomDirectory,
  agentId: number,
  card: MemberCard,
): Promise<CardOutcome> => {
  try {
    const sent = await withAccess(directory, secrets, (access) =>
      client.call(access, {
        call: "message/send",
        body: textCardMessage(agentId, card),
        reply: SentReply,
      }),
    );
    if (sent.invaliduser !== "") return { outcome: "undeliverable", reason: "unknownMember" };
    return sent.unlicenseduser === ""
      ? { outcome: "sent" }
      : { outcome: "undeliverable", reason: "unlicensed" };
  } catch (error) {
    if (isNobody(error)) return { outcome: "undeliverable", reason: "unknownMember" };
    throw error;
  }
};

/** 81013: no recipient is one; 60111: there is no such account. */
const isNobody = (error: unknown): boolean =>
  isMailferryError(error, "WecomRefused") && [81_013, 60_111].includes(Number(error.evidence.code));
