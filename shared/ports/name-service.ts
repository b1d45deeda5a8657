import type { MxObservation } from "../contract/migration.ts";

/** DNS. An answer that is not a clear answer is a reason, never "no records". */
export interface NameService {
  /** The addresses (`ip:port`) of the domain's authoritative name servers, found by delegation. @throws NameServerUnreachable */
  authoritativeServers(domain: string, resolvers: readonly string[]): Promise<readonly string[]>;
  /** The domain's MX set as this one server has it; `none` with the reason for NXDOMAIN, no data, refusal, silence. */
  mx(domain: string, server: string, role: MxObservation["role"]): Promise<MxObservation>;
  /** The system's resolvers and three public ones, for settings that name none. */
  defaultResolvers(): readonly string[];
}
