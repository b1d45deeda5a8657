/**
 * Why an upload cannot be read as a table of accounts: a closed list, because the sentence reaches people in their own language.
 * Each ends the sentence "… cannot be read: …"; `{detail}` is the one fact that is not the same every time. Nothing that stands
 * in a cell is ever a detail: it may be a password.
 */
export const unreadableReasons = {
  empty: { en: "the file is empty", zhCN: "文件为空" },
  tooLarge: { en: "it is larger than {detail} MB", zhCN: "文件大于 {detail} MB" },
  removed: { en: "it was removed before it could be read", zhCN: "文件在读取之前已被删除" },
  otherKind: {
    en: "it is neither an .xlsx workbook nor named .csv",
    zhCN: "它既不是 .xlsx 工作簿，文件名也不以 .csv 结尾",
  },
  oldExcel: {
    en: "it is in the old .xls format of Excel 97-2003",
    zhCN: "它是 Excel 97-2003 的旧 .xls 格式",
  },
  binaryWorkbook: { en: "it is a binary workbook (.xlsb)", zhCN: "它是二进制工作簿（.xlsb）" },
  openDocument: { en: "it is an OpenDocument file (.ods)", zhCN: "它是 OpenDocument 文件（.ods）" },
  encrypted: { en: "it is encrypted with a password", zhCN: "文件已用密码加密" },
  noWorkbook: { en: "there is no workbook in it", zhCN: "其中没有工作簿" },
  damaged: { en: "the file is damaged or incomplete", zhCN: "文件已损坏或不完整" },
  partDamaged: { en: "part {detail} is damaged", zhCN: "其中的部件 {detail} 已损坏" },
  partMissing: { en: "part {detail} is missing", zhCN: "缺少部件 {detail}" },
  partRepeated: { en: "part {detail} stands in it twice", zhCN: "部件 {detail} 重复出现" },
  partLarger: { en: "part {detail} is larger than declared", zhCN: "部件 {detail} 比声明的大" },
  partTooLarge: { en: "part {detail} would unzip to too much", zhCN: "部件 {detail} 解压后过大" },
  tooManyParts: { en: "it consists of more than {detail} parts", zhCN: "其部件超过 {detail} 个" },
  unzipsTooLarge: { en: "it would unzip to more than {detail} MB", zhCN: "解压后将超过 {detail} MB" },
  compression: {
    en: "it is compressed by method {detail}, not by deflate",
    zhCN: "其压缩方式为 {detail}，而不是 deflate",
  },
  xmlMalformed: { en: "its XML is not well-formed ({detail})", zhCN: "其 XML 不规范（{detail}）" },
  xmlDeep: { en: "its XML is nested too deeply", zhCN: "其 XML 嵌套过深" },
  textTooLong: { en: "a single text in it is too long", zhCN: "其中有过长的文本" },
  tooMuchText: { en: "it holds too much text", zhCN: "文本内容过多" },
  tooManyStrings: { en: "it holds more than {detail} texts", zhCN: "其中的文本超过 {detail} 条" },
  rowUnnumbered: { en: "a row in it has no proper number", zhCN: "其中有行号不正确的行" },
  cellUnplaced: { en: "a cell in it has no proper place", zhCN: "其中有位置不正确的单元格" },
  farColumn: { en: "row {detail} holds text in a far column", zhCN: "第 {detail} 行在过远的列中有内容" },
  tooManyRows: { en: "it holds more than {detail} rows", zhCN: "内容超过 {detail} 行" },
  tooManyCells: { en: "it holds more than {detail} cells", zhCN: "内容超过 {detail} 个单元格" },
  encodingUnknown: {
    en: 'its characters are neither UTF-8 nor GB18030; save it as "CSV UTF-8"',
    zhCN: "其字符编码既不是 UTF-8 也不是 GB18030，请另存为“CSV UTF-8”",
  },
  notText: { en: "it is not a text file", zhCN: "它不是文本文件" },
  quoteOpen: {
    en: "a quotation mark in or before line {detail} is not closed or stands in the middle of a cell",
    zhCN: "第 {detail} 行或其之前有未闭合的引号，或引号位于单元格中间",
  },
} as const satisfies Record<string, { readonly en: string; readonly zhCN: string }>;

export type UnreadableReason = keyof typeof unreadableReasons;

const isReason = (code: string): code is UnreadableReason => Object.hasOwn(unreadableReasons, code);

/** The reason in the reader's language. What was recorded before reasons had codes is English and stays as it is. */
export const reasonText = (
  code: string,
  detail: string | number | undefined,
  language: "en" | "zhCN",
): string =>
  isReason(code) ? unreadableReasons[code][language].replace("{detail}", () => String(detail ?? "?")) : code;
