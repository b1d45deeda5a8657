/** The invented company and everyone in it; names and addresses belong to nobody. */
export const companyDomain = "yunfan.example";
export const companyName = "云帆智造（演示）有限公司";

/** Somebody who sends or receives mail. */
export interface Person {
  readonly name: string;
  readonly address: string;
}

/** A member of the directory, with the mailbox held at the old provider. */
export interface DemoMember extends Person {
  readonly userid: string;
  readonly departments: readonly string[];
  readonly mobile: string;
  /** Of the old mailbox; stands in the accounts sheet. */
  readonly password: string;
}

/** A mailbox that several members read. */
export interface DemoPublicMailbox extends Person {
  readonly password: string;
  /** Userids, at least one. */
  readonly users: readonly string[];
}

type MemberRow = readonly [
  userid: string,
  localPart: string,
  name: string,
  department: string,
  password: string,
];

/** Userid and local part differ for some, names have compound surnames and polyphones, passwords hold what breaks careless quoting. */
const rows: readonly MemberRow[] = [
  ["ouyang.ruofeng", "ouyang.ruofeng", "欧阳若枫", "总经办", "Fan-7719-liu"],
  ["shan.yuqing", "shan.yuqing", "单雨晴", "总经办", 'quo"te\\back-38'],
  ["zeng.zhiyuan", "zeng.zhiyuan", "曾致远", "研发部", "pass word 2016"],
  ["lv.siqi", "lv.siqi", "吕思琪", "研发部", "a:b*c{3}d%e"],
  ["xie.wanting", "xie.wanting", "解婉婷", "研发部", "Xie_88120_wt"],
  ["ren.jianguo", "purchase", "任建国", "采购部", "20160318"],
  ["qiu.haoran", "qiu.haoran", "仇浩然", "市场部", "Qiu&hao=ran;1"],
  ["zhuge.minghui", "zhuge", "诸葛明慧", "市场部", "mh-Zhuge-2020"],
  ["le.tianyu", "le.tianyu", "乐天宇", "销售部", "密码也可以是中文7"],
  ["huang.xiaomei", "sales01", "黄小梅", "销售部", "xm'H#sales01"],
  ["anna.li", "anna.li", "Anna 李", "财务部", "Anna(Li)9021"],
  ["bai.zimo", "bai.zimo", "白子墨", "人力资源部", "bzm~0451!ok"],
];

export const members: readonly DemoMember[] = rows.map(
  ([userid, localPart, name, department, password], index) => ({
    userid,
    name,
    address: `${localPart}@${companyDomain}`,
    departments: [`${companyName}/${department}`],
    mobile: String(10_000_000_001 + index),
    password,
  }),
);

export const publicMailboxes: readonly DemoPublicMailbox[] = [
  {
    name: "对外咨询",
    address: `info@${companyDomain}`,
    password: "info-Public-5521",
    users: ["qiu.haoran", "zhuge.minghui", "huang.xiaomei"],
  },
  {
    name: "招聘",
    address: `hr@${companyDomain}`,
    password: "hr-Public-8034",
    users: ["bai.zimo", "shan.yuqing"],
  },
];

/** Who writes from outside. */
export const outsiders: readonly Person[] = [
  { name: "周海平", address: "zhou.haiping@hengda-parts.example" },
  { name: "海川物流客服", address: "service@haichuan-logistics.example" },
  { name: "Maria Köhler", address: "m.koehler@nordlicht-maschinen.example" },
  { name: "林国栋", address: "lin.guodong@tongxin-bank.example" },
  { name: "云票系统", address: "no-reply@yunpiao.example" },
  { name: "Priya Raman", address: "praman@bluepeak.example" },
];
