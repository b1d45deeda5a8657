/**
 * Names that belong to a role, not to a person: those of RFC 2142, those whose mail a domain must take (RFC 5321 §4.5.1) or whose
 * holder could have a certificate for the domain issued (CA/Browser Forum Baseline Requirements §3.2.2.4.4), and the usual senders.
 */
export const reservedNames: ReadonlySet<string> = new Set(
  `
  postmaster abuse hostmaster webmaster noc security info marketing sales support usenet news www uucp ftp
  admin administrator root mailer-daemon nobody
  noreply no-reply donotreply do-not-reply bounce bounces
  all everyone staff list owner spam mail smtp imap pop pop3 dns ssl ssladmin autodiscover autoconfig
  `
    .trim()
    .split(/\s+/),
);
