import { isMailferryError } from "../contract/errors.ts";
import type { Migration, MxObservation } from "../contract/migration.ts";
import type { NameService } from "../ports/name-service.ts";

/** Which domain is asked about, and where its settings say to ask. */
export type Asked = Pick<Migration, "domain" | "settings">;

/** The resolvers to ask: those of the settings, or the system's and public ones. */
export const resolversOf = (names: NameService, { settings }: Pick<Asked, "settings">): readonly string[] =>
  settings.mx.resolvers ?? names.defaultResolvers();

/**
 * What every authoritative server says. When they cannot even be found, that stands in their place as a dissenting voice, so
 * that a verdict can name the resolver that failed.
 */
export const observeAuthoritative = async (
  names: NameService,
  asked: Asked,
): Promise<readonly MxObservation[]> => {
  const { domain, settings } = asked;
  try {
    const servers =
      settings.mx.authoritative ?? (await names.authoritativeServers(domain, resolversOf(names, asked)));
    return await Promise.all(servers.map((server) => names.mx(domain, server, "authoritative")));
  } catch (thrown) {
    if (!isMailferryError(thrown, "NameServerUnreachable")) throw thrown;
    const { server, reason } = thrown.evidence;
    return [
      {
        server: String(server),
        role: "authoritative",
        answer: "none",
        absence: "unreachable",
        reason: String(reason),
      },
    ];
  }
};

/** What every resolver says. */
export const observeResolvers = (names: NameService, asked: Asked): Promise<readonly MxObservation[]> =>
  Promise.all(resolversOf(names, asked).map((server) => names.mx(asked.domain, server, "resolver")));
