/** The part of the vocabulary about WeCom and the members' directory that is read from it; `errors.ts` holds the rest. */
export const wecomErrors = {
  WecomBusy: {
    en: "WeCom asks to wait (code {code}, at {call}). It is tried again by itself; nothing needs to be done.",
    zhCN: "企业微信要求稍候（错误码 {code}，接口 {call}）。系统会自动重试，无需操作。",
  },
  WecomUnreachable: {
    en: "WeCom's API at {host} cannot be reached: {reason}. Check the network and directory.baseUrl; it is tried again.",
    zhCN: "无法连接企业微信接口 {host}：{reason}。请检查网络和 directory.baseUrl，系统会再次尝试。",
  },
  WecomSecretRefused: {
    en: "WeCom does not accept the corp id {corpId} with this secret (code {code}). Copy both again from the admin console (我的企业; 应用管理 or 管理工具 → 通讯录同步) and correct the settings.",
    zhCN: "企业微信不接受企业 ID {corpId} 与该 Secret（错误码 {code}）。请在管理后台（我的企业；应用管理或 管理工具 → 通讯录同步）重新复制二者并修改设置。",
  },
  WecomAddressRefused: {
    en: "WeCom does not answer the network address {address}. Add it to 企业可信IP of the app (or of 通讯录同步) in the admin console, then read the directory again.",
    zhCN: "企业微信不接受来自 {address} 的访问。请在管理后台该应用（或通讯录同步）的「企业可信IP」中添加它，然后重新读取通讯录。",
  },
  WecomRightMissing: {
    en: "WeCom does not let this secret call {call} (code {code}). Give the app the whole company as its visible range (可见范围), or use the secret of 通讯录同步.",
    zhCN: "企业微信不允许该 Secret 调用 {call}（错误码 {code}）。请将应用的可见范围设为整个企业，或改用通讯录同步的 Secret。",
  },
  WecomRefused: {
    en: "WeCom refused {call} with code {code}: {words}. Look the code up under 全局错误码 in WeCom's documentation, remove the reason, then try again.",
    zhCN: "企业微信拒绝了 {call}，错误码 {code}：{words}。请在企业微信文档「全局错误码」中查询该错误码，排除原因后重试。",
  },
  WecomAnswerUnusable: {
    en: "WeCom's answer to {call} cannot be used ({what}). Nothing was assumed; it is tried again.",
    zhCN: "企业微信对 {call} 的应答无法使用（{what}）。系统不作任何假设，会再次尝试。",
  },
  DirectoryDoubtful: {
    en: "WeCom named {count} members where there were {before}. The members known before stay. If it is right, let the reading count all the same (operator command read-directory --even-if-fewer); otherwise check the app's visible range.",
    zhCN: "企业微信返回 {count} 名成员，而此前有 {before} 名，因此仍保留原有成员。如确属实，请让本次读取生效（操作命令 read-directory --even-if-fewer）；否则请检查应用的可见范围。",
  },
} as const;
