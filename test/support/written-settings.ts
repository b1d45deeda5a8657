/** The least that settings are, and what differs. */
export const settings = (differing: object) => ({
  domain: "yunfan.example",
  source: { host: "imap.yunfan.example" },
  target: { kind: "imap", host: "imap.new.example" },
  ...differing,
});
export const source = (differing: object) =>
  settings({ source: { host: "imap.yunfan.example", ...differing } });
export const auth = (differing: object) => source({ auth: differing });
/** `auth` of an application, with a secret in clear. */
export const microsoft = {
  kind: "oauth2",
  provider: "microsoft365",
  tenant: "yunfan.example",
  clientId: "7f0e",
  clientSecret: "held back",
};
export const secretArn = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:mailferry/x";
