import type { MemberPageRequest } from "../../events/member-page-request.ts";
import type { Language } from "../../shared/contract/errors.ts";
import {
  type MemberPagePorts,
  type PageState,
  showMemberPage,
  submitPassword,
} from "../../shared/credentials/member-page.ts";
import { languageOf } from "./language.ts";
import { type FormProblem, renderPage } from "./page/render.ts";
import { readPassword } from "./read-password.ts";
import { type PageResponse, respond } from "./respond.ts";
import { isSameOrigin } from "./same-origin.ts";

/** What came of a request: the answer, and one word for the log, which tells neither whose page it was nor what was typed in. */
export interface Answered {
  readonly response: PageResponse;
  readonly outcome: PageState["state"] | FormProblem;
}

/** Answers a request to the password page. */
export const answerMemberPage = async (
  app: MemberPagePorts,
  request: MemberPageRequest,
): Promise<Answered> => {
  const { token } = request.pathParameters;
  const language = languageOf(request);
  if (request.requestContext.http.method === "GET") return shown(await showMemberPage(app, token), language);
  const form = isSameOrigin(request) ? readPassword(request) : "elsewhere";
  if (typeof form === "string") return shown(await showMemberPage(app, token), language, form);
  return shown(await submitPassword(app, token, form.password), language);
};

const shown = (state: PageState, language: Language, problem: FormProblem | null = null): Answered => ({
  response: respond(
    problem === null || state.state !== "ask" ? statusOf(state) : problemStatus[problem],
    renderPage(state, language, problem),
    retryAfterOf(state),
  ),
  outcome: problem ?? state.state,
});

/** RFC 9110 and RFC 6585: a wrong password is a form that cannot be processed, a lock is too many requests. */
const statusOf = ({ state }: PageState): number => {
  switch (state) {
    case "ask":
    case "accepted":
    case "alreadyAccepted":
    case "notAsked":
      return 200;
    case "linkNotValid":
      return 404;
    case "refused":
      return 422;
    case "locked":
      return 429;
    case "tryLater":
      return 503;
  }
};

const problemStatus: Readonly<Record<FormProblem, number>> = { missing: 422, tooLong: 413, elsewhere: 403 };

const tryLaterSeconds = 120;

const retryAfterOf = (state: PageState): number | null => {
  if (state.state === "locked") return state.minutes * 60;
  return state.state === "tryLater" ? tryLaterSeconds : null;
};
