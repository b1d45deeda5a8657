import { type DirectoryAnswer, ReadDirectory } from "../../events/read-directory.ts";
import { toError } from "../../shared/contract/stored-error.ts";
import { isPassing } from "../../shared/directory/ask-for-reading.ts";
import { readDirectory } from "../../shared/directory/read-directory.ts";
import { s3ObjectStore } from "../adapters/s3/object-store.ts";
import { secretsManagerStore } from "../adapters/secrets-manager/secret-store.ts";
import { WecomClient } from "../adapters/wecom/client.ts";
import { realPause } from "../adapters/wecom/means.ts";
import { wecomMemberDirectory } from "../adapters/wecom/member-directory.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";

/** Somebody wants to know who is in the company: WeCom is asked, and the snapshot is there for everybody else. */
export const handler = await defineFunction("read-directory", ReadDirectory, (environment) => {
  const state = composeState(environment);
  const client = new WecomClient({ clock: state.clock, pause: realPause });
  const app = {
    ...state,
    objects: s3ObjectStore(clients.s3(), environment.UPLOADS_BUCKET),
    memberDirectory: wecomMemberDirectory(client, secretsManagerStore(clients.secretsManager(), state.clock)),
  };
  return async (request, invocation): Promise<DirectoryAnswer> => {
    const outcome = await readDirectory(app, request);
    const { migrationId, unattended = false } = request;
    if (outcome.outcome === "notTaken") {
      const { name } = outcome.error;
      invocation.log.warn("directory not taken", { migrationId, error: name });
      if (unattended && !isPassing(name)) throw toError(outcome.error);
    }
    if (outcome.outcome === "taken")
      invocation.log.info("directory read", { migrationId, members: outcome.members });
    return outcome;
  };
});
