import type { MemberPageRequest } from "../../events/member-page-request.ts";
import type { MemberPagePorts } from "../../shared/credentials/member-page.ts";
import type { Log } from "../runtime/logger.ts";
import { answerMemberPage } from "./answer.ts";
import { languageOf } from "./language.ts";
import { renderFailure } from "./page/render.ts";
import { type PageResponse, respond } from "./respond.ts";

/**
 * Answers a request whatever happens, because a person waits for a page. The log says what came of it, and neither whose page it was nor
 * what was typed in: of what was thrown only the name, because nobody knows what its words repeat.
 */
export const serveMemberPage = async (
  app: MemberPagePorts,
  request: MemberPageRequest,
  log: Log,
): Promise<PageResponse> => {
  const { method } = request.requestContext.http;
  try {
    const { response, outcome } = await answerMemberPage(app, request);
    log.info("member page", { method, outcome });
    return response;
  } catch (thrown) {
    log.error("member page failed", { method, error: thrown instanceof Error ? thrown.name : "unknown" });
    return respond(500, renderFailure(languageOf(request)));
  }
};
