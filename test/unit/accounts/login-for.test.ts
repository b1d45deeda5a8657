import { describe, expect, it } from "vitest";
import { loginFor, type ServerAuth } from "../../../shared/accounts/login-for.ts";
import { MailAddress } from "../../../shared/contract/ids.ts";

const mailbox = MailAddress.parse("li.na@yunfan.example");
const master = (style: "authzid" | "separator" | "exchange", domain?: string): ServerAuth => ({
  kind: "master",
  user: "migrator",
  password: { secretArn: "arn:example" },
  style,
  separator: "*",
  ...(domain === undefined ? {} : { domain }),
});

describe("the login of a mailbox", () => {
  it("is the mailbox' own with its own password", () => {
    expect(loginFor({ kind: "password" }, mailbox, "s")).toEqual({ mailbox, user: mailbox, password: "s" });
  });

  it("is the mailbox with an access token", () => {
    const auth: ServerAuth = {
      kind: "oauth2",
      provider: "google",
      serviceAccount: { secretArn: "arn:example" },
    };
    expect(loginFor(auth, mailbox, "t")).toEqual({ mailbox, user: mailbox, accessToken: "t" });
  });

  it("is the master's acting as the mailbox in SASL PLAIN", () => {
    expect(loginFor(master("authzid"), mailbox, "s")).toEqual({
      mailbox,
      user: "migrator",
      password: "s",
      authorizationId: mailbox,
    });
  });

  it("names mailbox and master in Dovecot's way", () => {
    expect(loginFor(master("separator"), mailbox, "s").user).toBe("li.na@yunfan.example*migrator");
  });

  it("names domain, master and alias in Exchange's way", () => {
    expect(loginFor(master("exchange", "CORP"), mailbox, "s").user).toBe("CORP\\migrator\\li.na");
    expect(loginFor(master("exchange"), mailbox, "s").user).toBe("migrator\\li.na");
  });
});
