import type { Timestamp } from "../contract/ids.ts";
import type { MigrationIn, MxObservation, MxVerdict } from "../contract/migration.ts";
import { isSameMxSet, type MxTarget } from "./mx-set.ts";

/**
 * The verdict over what every server said: agreed only when all of them, authoritative servers and resolvers alike,
 * answered exactly the expected set. Silence and refusal dissent, because unknown is never success.
 */
export const judgeMx = (
  expected: readonly MxTarget[],
  observations: readonly MxObservation[],
  at: Timestamp,
): MxVerdict => {
  const dissenting = observations.filter((observation) => !shows(observation, expected));
  const roles = new Set(observations.map(({ role }) => role));
  return dissenting.length === 0 && roles.has("authoritative") && roles.has("resolver")
    ? { verdict: "agreed", at }
    : { verdict: "disagreed", at, dissenting };
};

/**
 * Whether what the authoritative servers say is worth a closer look: one of them has the expected set, or something that is
 * neither the old set nor what the last verdict already reported of that server (a change made halfway).
 */
export const isWorthALook = (
  migration: MigrationIn<"switch">,
  observations: readonly MxObservation[],
): boolean => {
  const { settings, findings, switch: stage } = migration;
  const last = stage.stage === "awaitingMx" ? stage.lastVerdict : undefined;
  const known = last?.verdict === "disagreed" ? last.dissenting : [];
  return observations.some(
    (observation) =>
      shows(observation, settings.mx.expected) ||
      (isAnswer(observation) &&
        !(findings.mx !== null && shows(observation, findings.mx)) &&
        !known.some(
          (earlier) => earlier.server === observation.server && isSameAnswer(earlier, observation),
        )),
  );
};

/** The servers that clearly have another set than the expected one: the change was taken back. Silence is not among them. */
export const contradicting = (
  expected: readonly MxTarget[],
  observations: readonly MxObservation[],
): readonly MxObservation[] =>
  observations.filter((observation) => isAnswer(observation) && !shows(observation, expected));

const shows = (observation: MxObservation, set: readonly MxTarget[]): boolean =>
  isAnswer(observation) && isSameMxSet(recordsOf(observation), set);

/** A server that says there is no such domain or no MX has answered; one that refuses or is silent has not. */
const isAnswer = (observation: MxObservation): boolean =>
  observation.answer === "records" ||
  observation.absence === "noRecords" ||
  observation.absence === "noSuchDomain";

const recordsOf = (observation: MxObservation): readonly MxTarget[] =>
  observation.answer === "records" ? observation.records : [];

const isSameAnswer = (one: MxObservation, other: MxObservation): boolean =>
  isAnswer(one) && isAnswer(other) && isSameMxSet(recordsOf(one), recordsOf(other));
