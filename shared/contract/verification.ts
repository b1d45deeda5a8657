import { z } from "zod";

const Count = z.number().int().min(0);

/**
 * Messages of the source by what comparing both sides showed. All four add up to the messages of the source, and what is
 * unexplained is a failure.
 */
export const Verification = z.strictObject({
  /** Same size and date; same octets where they were read. */
  identical: Count,
  /** Different only in what servers are known to change: line ends, the last one's absence, NUL, bare CR. */
  normalised: Count,
  /** The target would not take them. */
  refused: Count,
  /** Missing at the target or different there, for no known reason. */
  unexplained: Count,
  /** How many were read on both sides and compared octet by octet; they are counted above as well. */
  sampled: Count,
});
export type Verification = z.infer<typeof Verification>;

/** Several verifications as one; nothing where there is none. */
export const sumOfVerifications = (
  verifications: readonly Verification[],
): { readonly verification?: Verification } => {
  if (verifications.length === 0) return {};
  const sum = (pick: (one: Verification) => number) =>
    verifications.reduce((total, one) => total + pick(one), 0);
  return {
    verification: {
      identical: sum(({ identical }) => identical),
      normalised: sum(({ normalised }) => normalised),
      refused: sum(({ refused }) => refused),
      unexplained: sum(({ unexplained }) => unexplained),
      sampled: sum(({ sampled }) => sampled),
    },
  };
};
