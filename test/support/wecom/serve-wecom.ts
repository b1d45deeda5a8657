import { WecomClient } from "../../../functions/adapters/wecom/client.ts";
import { FakeClock } from "../fake-clock.ts";
import { listenForTest } from "../listen-for-test.ts";
import { type Company, companyOf } from "./company.ts";
import { WecomServer } from "./wecom-server.ts";

/** A company's API on loopback for the running test, and a client whose waits only move the clock. */
export const serveWecom = async (company: Company = companyOf(12)) => {
  const clock = new FakeClock();
  const wecom = new WecomServer(company, clock);
  const { server, open } = wecom.listener();
  const { host, port } = await listenForTest(server, open);
  const pauses: number[] = [];
  const means = {
    clock,
    pause: async (milliseconds: number) => {
      pauses.push(milliseconds);
      clock.advance(milliseconds / 1_000);
    },
  };
  const baseUrl = `http://${host}:${port}`;
  const { corpId, appSecret, contactsSecret } = company;
  return {
    company,
    wecom,
    clock,
    pauses,
    baseUrl,
    client: new WecomClient(means),
    asApp: { baseUrl, corpId, secret: appSecret },
    asContacts: { baseUrl, corpId, secret: contactsSecret },
  };
};
