import { parse } from "tldts";
import { MailferryError } from "../contract/errors.ts";

/** RFC 1035 §2.3.4: 253 characters of text for the whole name, 63 for a label. */
const longestName = 253;

/** A label of letters, digits and hyphens, none at its ends (RFC 1123 §2.1). */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What the URL parser would take for something other than a host, or decode into one. */
const notInAName = /[\s/\\?#@:%[\]<>^|"`{}]/;

/**
 * A mail domain as DNS knows it: lower case, without the dot at its end, every label in its ASCII form (IDNA, as UTS #46
 * has it). Names reserved for tests and documentation (RFC 2606: `example.test`, `yunfan.example`) are accepted like every other.
 * @throws DomainUnusable for what is no name, an address, a single label, or a public suffix that nobody owns
 */
export const parseDomain = (written: string): string => {
  const name = toAscii(written.trim());
  const refuse = (reason: string): never => {
    throw new MailferryError("DomainUnusable", { domain: written, reason });
  };
  if (name === null) return refuse("it is not a domain name");
  if (name.length > longestName) return refuse(`it is longer than ${longestName} characters`);
  const labels = name.split(".");
  const last = labels.at(-1);
  if (last === undefined || /^[0-9]+$/.test(last)) return refuse("it is an address, not a domain name");
  const wrong = labels.find((part) => !label.test(part));
  if (wrong !== undefined) return refuse(`"${wrong}" cannot be a part of a domain name`);
  if (labels.length < 2) return refuse("it has no dot; write the whole domain");
  if (parse(name, { allowPrivateDomains: false }).publicSuffix === name) {
    return refuse("it is a public suffix, under which others register their domains");
  }
  return name;
};

/**
 * Whether no public name server can know the name, because it ends in no top-level domain of the public DNS: those set aside for
 * tests and documentation (RFC 2606 §2) and those of private networks (`corp.local`, `office.lan`).
 */
export const isPrivateName = (domain: string): boolean =>
  parse(domain, { allowPrivateDomains: false }).isIcann !== true;

/** Null when it cannot be one. The URL parser of the platform does IDNA; a trailing dot is dropped. */
const toAscii = (written: string): string | null => {
  const name = written.replace(/[.。．｡]$/u, "");
  if (name === "" || notInAName.test(name)) return null;
  const url = URL.parse(`http://${name}/`);
  return url === null || url.hostname === "" ? null : url.hostname;
};
