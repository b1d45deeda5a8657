import { MailferryError } from "../../shared/contract/errors.ts";
import type { MxAbsence, MxObservation, MxRecord } from "../../shared/contract/migration.ts";
import type { NameService } from "../../shared/ports/name-service.ts";

/** What one server says of one domain. */
export type FakeAnswer = readonly MxRecord[] | MxAbsence;

/** Name servers in memory: each has its own answer, and whoever was not given one is silent. */
export class FakeNameService implements NameService {
  readonly #answers = new Map<string, FakeAnswer>();
  readonly #delegations = new Map<string, readonly string[]>();

  answer(server: string, domain: string, answer: FakeAnswer): void {
    this.#answers.set(`${server} ${domain}`, answer);
  }

  /** All these servers say the same. */
  answerAll(servers: readonly string[], domain: string, answer: FakeAnswer): void {
    for (const server of servers) this.answer(server, domain, answer);
  }

  delegate(domain: string, servers: readonly string[]): void {
    this.#delegations.set(domain, servers);
  }

  async authoritativeServers(domain: string, resolvers: readonly string[]): Promise<readonly string[]> {
    const servers = this.#delegations.get(domain);
    if (servers !== undefined) return servers;
    const reason = "no delegation was found";
    throw new MailferryError("NameServerUnreachable", { server: resolvers[0] ?? "-", domain, reason });
  }

  async mx(domain: string, server: string, role: MxObservation["role"]): Promise<MxObservation> {
    const answer = this.#answers.get(`${server} ${domain}`) ?? "unreachable";
    return typeof answer === "string"
      ? { server, role, answer: "none", absence: answer, reason: answer }
      : { server, role, answer: "records", records: answer.map((record) => ({ ...record })) };
  }

  defaultResolvers(): readonly string[] {
    return ["192.0.2.53:53"];
  }
}
