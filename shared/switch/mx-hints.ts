import type { MxChangeDetected, MxChangeDetectedEvent } from "../../events/mx-change-detected.ts";
import type { Route53ChangeEvent } from "../../events/route53-change.ts";
import { normaliseExchange } from "./mx-set.ts";

/** Whose MX may have changed. */
export type MxHint = Pick<MxChangeDetected, "domain" | "migrationId">;

/**
 * What an event hints at: our own names its domain; a change in Route 53 every name whose MX it touched, each once. A call that
 * failed (CloudTrail's `errorCode`) changed nothing and hints at nothing.
 */
export const hintsOf = (event: MxChangeDetectedEvent | Route53ChangeEvent): readonly MxHint[] => {
  if (event.source === "mailferry") return [event.detail];
  if (event.detail.errorCode !== undefined) return [];
  const names = event.detail.requestParameters.changeBatch.changes
    .filter(({ resourceRecordSet }) => resourceRecordSet.type === "MX")
    .map(({ resourceRecordSet }) => normaliseExchange(resourceRecordSet.name));
  return [...new Set(names)].map((domain) => ({ domain }));
};
