import type { Random } from "./random.ts";

/** A subject as an office would write it. */
export function inventSubject(random: Random): string {
  const prefix = random.pick(["", "", "", "", "回复：", "转发：", "Re: ", "【请审批】", "【通知】"]);
  return `${prefix}${random.pick(topics)}${random.pick(tails)}`;
}

/** Paragraphs of plain text, CRLF between lines, no line end after the last. */
export function inventText(random: Random, greeted: string, signedBy: string): string {
  const paragraphs = Array.from({ length: 1 + random.integer(6) }, () =>
    Array.from({ length: 1 + random.integer(4) }, () => random.pick(sentences)).join(""),
  );
  return [`${greeted}：`, "您好！", "", ...paragraphs, "", random.pick(closings), signedBy].join("\r\n");
}

const topics = [
  "三号产线验收安排",
  "关于采购合同第四条的修改",
  "本周例会纪要",
  "减速机样品寄送",
  "增值税发票开具",
  "华东区季度销售数据",
  "差旅报销单据补交",
  "新员工入职资料",
  "设计图纸第二版",
  "服务器维护时间",
  "Quotation for spindle units",
  "年度体检预约",
  "客户来访接待",
  "出口报关资料",
];

const tails = ["", "", "（补充）", "，请查收", "——最终稿", " 2024-06", "，请于周五前回复", " No. 7"];

const sentences = [
  "附件里的表格已经按照上次会议的意见改过，请重点核对第三页的数量。",
  "对方希望付款方式改为货到后三十天，我们内部需要先确认。",
  "物流显示货物已到宁波港，预计周三可以提柜。",
  "这个型号的轴承目前缺货，替代型号的尺寸完全一致，价格高百分之六。",
  "会议室改到二楼东侧，时间不变。",
  "样品测试结果良好，噪声比上一批低两个分贝。",
  "请把身份证复印件和银行卡号一并交给前台。",
  "如果有任何问题，可以直接打我的分机。",
  "We can hold this price until the end of next month.",
  "上个月的对账单有两笔金额不一致，麻烦财务同事再看一下。",
  "系统将于周六凌晨一点至三点停机升级，期间无法登录。",
  "图纸已经上传到共享盘，文件名里带日期的是最新版。",
  "Bitte bestätigen Sie den Liefertermin.",
  "感谢大家这一年的付出，年会定在月底举行。",
];

const closings = ["此致\r\n敬礼", "祝商祺", "谢谢！", "顺颂时祺", "Best regards"];
