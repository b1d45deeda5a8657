import { getServers } from "node:dns";
import { isIPv6 } from "node:net";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { MxObservation } from "../../../shared/contract/migration.ts";
import type { NameService } from "../../../shared/ports/name-service.ts";
import { delegatedServers, type Resolve } from "./delegation.ts";
import { mxAnswer } from "./mx-answer.ts";
import { NoAnswer } from "./no-answer.ts";
import { type Patience, query, usualPatience } from "./query.ts";

/** Public resolvers of three operators, one of them inside China: Cloudflare, Google, AliDNS. */
const publicResolvers = ["1.1.1.1", "8.8.8.8", "223.5.5.5"];

/**
 * DNS asked directly, server by server. The platform's resolver would answer from a cache of its own and keeps an MX record's
 * TTL to itself, which the drain is measured by.
 */
export const dnsNameService = (patience: Patience = usualPatience): NameService => ({
  authoritativeServers: async (domain, resolvers) => {
    const asked = [...resolvers];
    try {
      return await delegatedServers(domain, firstAnswer(asked, patience));
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown;
      const evidence = { server: asked.join(", "), domain, reason: thrown.message };
      throw new MailferryError("NameServerUnreachable", evidence, { cause: thrown });
    }
  },
  mx: async (domain, server, role): Promise<MxObservation> => {
    try {
      const answer = await query(server, domain, "MX", { recursive: role === "resolver", patience });
      const said = mxAnswer(domain, answer);
      return "records" in said
        ? { server, role, answer: "records", records: said.records }
        : { server, role, answer: "none", ...said };
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown;
      return { server, role, answer: "none", absence: "unreachable", reason: thrown.message };
    }
  },
  defaultResolvers: () => [...new Set([...getServers().map(withBrackets), ...publicResolvers])].slice(0, 10),
});

/** A resolver that fails or is silent hands the question on to the next one. */
const firstAnswer =
  (resolvers: readonly string[], patience: Patience): Resolve =>
  async (name, type) => {
    const reasons: string[] = [];
    for (const server of resolvers) {
      try {
        const answer = await query(server, name, type, { recursive: true, patience });
        if (answer.code !== "other") return answer;
        reasons.push(`${server} answered ${answer.codeName}`);
      } catch (thrown) {
        if (!(thrown instanceof NoAnswer)) throw thrown;
        reasons.push(`${server}: ${thrown.message}`);
      }
    }
    throw new NoAnswer(reasons.join("; ") || "no resolver was given");
  };

/** The platform writes an IPv6 address bare when its port is 53. */
const withBrackets = (server: string): string => (isIPv6(server) ? `[${server}]` : server);
