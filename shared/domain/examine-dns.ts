import { MailferryError } from "../contract/errors.ts";
import type { MxObservation, MxRecord } from "../contract/migration.ts";
import type { NameService } from "../ports/name-service.ts";
import { normaliseExchange } from "../switch/mx-set.ts";
import { type Asked, observeAuthoritative, observeResolvers } from "../switch/observe-mx.ts";

/** The findings' schema holds this many; no domain in use has more. */
const mostRecords = 50;

/**
 * The domain's present MX set. The authoritative servers are asked for it, because a resolver shows what is left of a TTL and the
 * drain needs all of it. A domain without MX is fine; one that does not exist is not. Null when no authoritative server
 * gave an answer: copying the history needs no DNS, so that is no reason not to begin, but nothing may be assumed from it.
 * @throws DomainUnusable when the resolvers or the authoritative servers know no such domain
 */
export const examineDns = async (names: NameService, asked: Asked): Promise<readonly MxRecord[] | null> => {
  const [byResolvers, byServers] = await Promise.all([
    observeResolvers(names, asked),
    observeAuthoritative(names, asked),
  ]);
  answersOf(byResolvers, asked.domain);
  const answers = answersOf(byServers, asked.domain);
  return answers.length === 0 ? null : mergeRecords(answers);
};

/** The answers among the observations; silence and refusal are none. */
const answersOf = (observations: readonly MxObservation[], domain: string): readonly MxObservation[] => {
  const answers = observations.filter(
    (observation) =>
      observation.answer === "records" ||
      observation.absence === "noSuchDomain" ||
      observation.absence === "noRecords",
  );
  const unknown = answers.filter((answer) => answer.answer === "none" && answer.absence === "noSuchDomain");
  if (unknown.length > 0 && unknown.length === answers.length) {
    const servers = unknown.map(({ server }) => server).join(", ");
    throw new MailferryError("DomainUnusable", {
      domain,
      reason: `it does not exist, according to ${servers}`,
    });
  }
  return answers;
};

/** Servers may disagree while a change spreads: every record counts, with its largest TTL, so that no sender is forgotten. */
export const mergeRecords = (answers: readonly MxObservation[]): readonly MxRecord[] => {
  const merged = new Map<string, MxRecord>();
  for (const record of answers.flatMap((answer) => (answer.answer === "records" ? answer.records : []))) {
    const exchange = normaliseExchange(record.exchange);
    const key = `${record.preference} ${exchange}`;
    const ttl = Math.max(record.ttl, merged.get(key)?.ttl ?? 0);
    merged.set(key, { preference: record.preference, exchange, ttl });
  }
  return [...merged.values()].sort((one, other) => one.preference - other.preference).slice(0, mostRecords);
};
