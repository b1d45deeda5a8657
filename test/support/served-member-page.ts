import { onTestFinished } from "vitest";
import { MemberPageRequest } from "../../events/member-page-request.ts";
import { serveMemberPage as serve } from "../../functions/member-page/serve.ts";
import { openHttpApi } from "../../infra/local/services/http-api/http-api.ts";
import { HttpApiListener } from "../../infra/local/services/http-api/listener.ts";
import type { MemberPagePorts } from "../../shared/credentials/member-page.ts";
import { countingMetering } from "./counting-metering.ts";

/** Serves the password page on loopback for the running test, as the HTTP API does; gives the URL below which the tokens stand. */
export const serveMemberPage = async (app: MemberPagePorts): Promise<string> => {
  const api = openHttpApi({
    invoker: {
      invoke: async (_function, payload) => {
        const response = await serve(app, MemberPageRequest.parse(payload), silentLog);
        return { kind: "returned", payload: response };
      },
    },
    metering: countingMetering(),
    log: () => undefined,
  });
  api.createIntegration("page", {
    ApiId: "page",
    IntegrationType: "AWS_PROXY",
    IntegrationUri: "arn:aws:lambda:eu-central-1:000000000000:function:mailferry-member-page",
    PayloadFormatVersion: "2.0",
    TimeoutInMillis: 30_000,
  });
  for (const method of ["GET", "POST"]) {
    api.createRoute({ ApiId: "page", RouteKey: `${method} /m/{token}`, Target: "integrations/page" });
  }
  api.createStage({ ApiId: "page", StageName: "$default", AutoDeploy: true });
  const listener = await HttpApiListener.listen(0);
  listener.serve((request) => api.answer(request));
  onTestFinished(() => listener.stop());
  return `http://127.0.0.1:${listener.port}/m`;
};

const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
