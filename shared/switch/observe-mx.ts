import { isMailferryError, MailferryError } from "../contract/errors.ts";
import type { Migration, MxObservation } from "../contract/migration.ts";
import { isPrivateName } from "../domain/domain-name.ts";
import type { NameService } from "../ports/name-service.ts";

/** Which domain is asked about, and where its settings say to ask. */
export type Asked = Pick<Migration, "domain" | "settings">;

/**
 * The resolvers to ask: those of the settings, or the system's and public ones. None for a name outside the public
 * DNS (tests, private networks): public servers know no such domain by definition, so their word would prove nothing.
 */
export const resolversOf = (names: NameService, { domain, settings }: Asked): readonly string[] =>
  settings.mx.resolvers ?? (isPrivateName(domain) ? [] : names.defaultResolvers());

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
    const servers = settings.mx.authoritative ?? (await delegatedServers(names, asked));
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

/** @throws NameServerUnreachable */
const delegatedServers = async (names: NameService, asked: Asked): Promise<readonly string[]> => {
  const resolvers = resolversOf(names, asked);
  if (resolvers.length > 0) return names.authoritativeServers(asked.domain, resolvers);
  const reason =
    "the public DNS does not know such names; name its servers in mx.resolvers and mx.authoritative";
  throw new MailferryError("NameServerUnreachable", { server: "-", domain: asked.domain, reason });
};
