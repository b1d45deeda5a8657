import { OutgoingMailEvent } from "../../events/outgoing-mail-event.ts";
import { noteBounce } from "../../shared/notices/note-bounce.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";

/** SES says that a mail came back, or was reported as spam. */
export const handler = await defineFunction("note-bounce", OutgoingMailEvent, (environment) => {
  const app = composeState(environment);
  return async (event, invocation) => {
    const outcome = await noteBounce(app, event);
    invocation.log.info("mail returned", { what: event["detail-type"], outcome });
  };
});
