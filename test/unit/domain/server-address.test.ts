import { describe, expect, it } from "vitest";
import { HeldSettings } from "../../../shared/contract/settings.ts";
import { isLoopback, serverAddress } from "../../../shared/domain/server-address.ts";

const source = (server: Record<string, unknown>) =>
  HeldSettings.parse({ domain: "a.example", source: server, target: { kind: "imap", host: "t" } }).source;

describe("a server's address", () => {
  it.each([
    [{ host: "h" }, { host: "h", port: 993, tls: "implicit" }],
    [
      { host: "h", tls: "starttls" },
      { host: "h", port: 143, tls: "starttls" },
    ],
    [
      { host: "h", tls: "none" },
      { host: "h", port: 143, tls: "none" },
    ],
    [
      { host: "h", profile: "gmail" },
      { host: "h", port: 993, tls: "implicit" },
    ],
    [
      { host: "h", profile: "gmail", tls: "starttls" },
      { host: "h", port: 143, tls: "starttls" },
    ],
    [
      { host: "h", profile: "gmail", port: 7 },
      { host: "h", port: 7, tls: "implicit" },
    ],
    [
      { host: "h", ca: "PEM" },
      { host: "h", port: 993, tls: "implicit", ca: "PEM" },
    ],
  ])("%j is %j", (written, address) => {
    expect(serverAddress("source", source(written))).toEqual({ side: "source", ...address });
  });

  it.each(["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LOCALHOST", "mail.localhost"])(
    "%s is this machine",
    (host) => expect(isLoopback(host)).toBe(true),
  );

  it.each(["10.0.0.1", "127.0.0.1.example", "localhost.example", "::2", "128.0.0.1", "notlocalhost"])(
    "%s is not this machine",
    (host) => expect(isLoopback(host)).toBe(false),
  );
});
