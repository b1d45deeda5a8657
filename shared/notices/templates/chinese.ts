import type { Timestamp } from "../../contract/ids.ts";
import { hourOf, originOf } from "./facts.ts";
import type { Card, Letter, LetterFacts, Template } from "./letter.ts";

/** China keeps one time all year round, eight hours ahead of UTC. */
const hoursAhead = 8;

const until = (moment: Timestamp): string => `北京时间 ${hourOf(moment, hoursAhead)}`;

const letter = ({ kind, domain, name, address, url, expiresAt, admin }: LetterFacts): Letter => ({
  language: "zh-CN",
  subject:
    kind === "ask"
      ? `${domain} 邮箱迁移：请填写一次原邮箱密码`
      : `提醒：${domain} 邮箱迁移仍需要您的原邮箱密码`,
  paragraphs: [
    { text: name === "" ? "您好：" : `${name}，您好：` },
    {
      text: `贵公司正在把 ${domain} 的邮箱迁移到新的邮件服务。要把您的原邮箱 ${address} 中的历史邮件一并搬过去，需要您填写一次该邮箱的密码。${kind === "remind" ? "此前已向您发过通知，目前尚未收到密码，您的历史邮件还没有开始迁移。" : ""}`,
    },
    { text: "请打开以下链接，在页面上填写：" },
    { link: url },
    {
      text: `该链接只用于您的这一个邮箱，有效期至${until(expiresAt)}。若收到多封此类邮件，只有最新一封中的链接有效。`,
    },
    {
      text: "密码如何处理：系统立即用它登录原邮箱进行验证，随后加密保存，仅用于搬迁这一个邮箱；迁移结束即销毁，不会显示给任何人。",
    },
    { text: "请勿在邮件中回复密码。任何时候都不会有人通过回复邮件、电话或聊天向您索取密码。" },
    {
      text: `如何确认这封邮件是真的：链接应以 ${originOf(url)} 开头；如有疑问，请先不要打开链接，用您平时的联系方式向贵公司的邮箱管理员${admin === undefined ? "" : `（${admin}）`}核实。`,
    },
  ],
});

const card = ({ kind, domain, address, expiresAt }: LetterFacts): Card => ({
  title: kind === "ask" ? "邮箱迁移：请填写原邮箱密码" : "提醒：邮箱迁移需要原邮箱密码",
  description: `贵公司正在迁移 ${domain} 的邮箱。请为 ${address} 填写一次原邮箱密码，以便搬迁历史邮件。链接有效期至${until(expiresAt)}。请勿在聊天中发送密码。`,
  button: "去填写",
});

export const chinese: Template = { letter, card };
