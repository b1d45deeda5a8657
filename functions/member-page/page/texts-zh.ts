import type { PageTexts } from "./texts.ts";

const duration = (minutes: number): string =>
  minutes < 120 ? `${minutes} 分钟` : `${Math.ceil(minutes / 60)} 小时`;

export const chinese: PageTexts = {
  tag: "zh-CN",
  other: { tag: "en", name: "English", label: "Switch to English" },
  brand: "邮箱搬家",
  about: (domain) => `${domain} 正在更换邮箱服务`,
  askTitle: { member: "请输入原邮箱的密码", public: "请输入公共邮箱的密码" },
  why: {
    member: "用于将原邮箱中的邮件复制到您的新邮箱，只需填写一次。",
    public: "用于将该邮箱中的邮件复制到新邮箱，由任意一位使用者填写一次即可。",
  },
  mailbox: { member: "您的原邮箱", public: "公共邮箱" },
  label: "原邮箱密码",
  submit: "验证并继续",
  errorPrefix: "未通过：",
  refused: "原邮箱服务器没有接受该密码",
  spaces: "您填写的内容中有空格。如果是复制来的，请去掉空格再试。",
  triesLeft: (tries) => `还可以尝试 ${tries} 次，之后本页面会暂停一段时间。`,
  problems: {
    missing: "请输入密码。",
    tooLong: "内容过长，请只填写密码。",
    elsewhere: "该表单不是从本页面提交的，系统没有作任何尝试。请在此处填写密码。",
  },
  factsTitle: "密码会被如何使用",
  facts: [
    "提交后立即在原邮箱服务器上验证，您马上就能看到结果。",
    "密码加密保存，仅用于复制该邮箱的邮件。",
    "原邮箱保持不变，不会修改或删除其中的任何邮件。",
    "搬家结束后，密码即被销毁。",
  ],
  doubtTitle: "不确定是否属实？",
  doubt: "填写之前，请先当面向邮箱管理员核实。任何人都不会通过邮件、电话或聊天向您索要该密码。",
  contact: "管理员：",
  accepted: {
    title: "密码正确，谢谢",
    words: [
      "接下来邮箱会自动迁移，您无需再做任何操作。",
      "在管理员通知切换之前，请照常使用原邮箱。现在可以关闭本页面。",
    ],
  },
  alreadyAccepted: {
    title: "无需再操作",
    words: ["该邮箱的密码已经通过验证，邮件迁移已安排好。", "现在可以关闭本页面。"],
  },
  notAsked: {
    title: "不需要您的密码",
    words: ["该邮箱的迁移不需要密码，或者迁移已经结束。现在可以关闭本页面。"],
  },
  tryLater: {
    title: "暂时无法连接原邮箱服务器",
    words: ["您填写的密码未能验证，系统没有保存，也不计入尝试次数。", "请过几分钟再试。"],
  },
  failed: {
    title: "页面暂时出现问题",
    words: [
      "这是系统方面的问题，与您的操作无关。请过几分钟重新打开链接。",
      "如果一直如此，请告知邮箱管理员。",
    ],
  },
  tryAgain: "重试",
  locked: (minutes) => ({
    title: `请等待 ${duration(minutes)}`,
    words: [
      "密码连续多次错误，为保护邮箱，本页面已暂停。",
      `${duration(minutes)}后可以用同一链接再试。如果不知道密码，请联系管理员。`,
    ],
  }),
  linkNotValid: {
    title: "链接无效或已失效",
    words: [
      "链接可能已过期，或者已向您发送了新的链接：请使用最近一封通知中的链接。",
      "如果链接是复制来的，请检查是否完整；否则请联系邮箱管理员重新发送。",
    ],
  },
};
