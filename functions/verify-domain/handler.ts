import { VerifyDomain } from "../../events/verify-domain.ts";
import { verifyDomain } from "../../shared/domain/verify-domain.ts";
import { dnsNameService } from "../adapters/dns/name-service.ts";
import { imapMailServers } from "../adapters/imap/mail-servers.ts";
import { lambdaDirectoryReader } from "../adapters/lambda/directory-reader.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";

/** The workflow's first step: settings, domain, DNS and both servers are checked and recorded; nothing is changed. */
export const handler = await defineFunction("verify-domain", VerifyDomain, (environment) => {
  const app = {
    ...composeState(environment),
    directoryReader: lambdaDirectoryReader(clients.lambda(), environment.DIRECTORY_READER),
    names: dnsNameService(),
    mailServers: imapMailServers(),
  };
  return (event) => verifyDomain(app, event);
});
