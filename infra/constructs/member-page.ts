import { Duration, RemovalPolicy, Size } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";

/** Under which path the pages lie; a link is this, a slash and a token. */
const pagePath = "/m";

/**
 * Requests a second for all members together. Every password is tried at the source server, which paces logins anyway; what
 * comes faster than people type is somebody guessing.
 */
const throttle = { rateLimit: 20, burstLimit: 50 };

/**
 * The page on which a member gives the password of the old mailbox. It is on the internet, and the token in a link is all that
 * lets anybody in: no log holds the path, and nothing is served to other sites' scripts.
 */
export class MemberPage extends Construct {
  /** What links begin with. */
  readonly url: string;

  constructor(
    scope: Construct,
    id: string,
    on: Pick<Foundations, "code" | "copyQueue" | "credentialsKey" | "settings" | "table">,
  ) {
    super(scope, id);
    const memberPage = new MailferryFunction(this, on, {
      name: "member-page",
      description: "Shows a member the password page and tries the password at the source",
      environment: {
        TABLE_NAME: on.table.tableName,
        COPY_QUEUE_URL: on.copyQueue.queueUrl,
        CREDENTIALS_KEY_ARN: on.credentialsKey.arn,
      },
      // API Gateway gives up after 30 seconds, and the page is to say itself that the server did not answer.
      timeout: Duration.seconds(29),
      memory: Size.mebibytes(512),
    });
    on.table.grantUse(memberPage);
    on.copyQueue.grantSendMessages(memberPage);
    on.credentialsKey.grantKeep(memberPage);

    const api = new HttpApi(this, "Api", {
      apiName: "mailferry-member-page",
      description: "The members' password page (mailferry)",
      createDefaultStage: false,
    });
    new HttpStage(this, "Stage", {
      httpApi: api,
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.#accessLog(on.settings.logRetentionDays)),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    const routes = api.addRoutes({
      path: `${pagePath}/{token}`,
      methods: [HttpMethod.GET, HttpMethod.POST],
      integration: new HttpLambdaIntegration("Page", memberPage),
    });
    for (const route of routes) {
      acknowledge(
        route,
        "AwsSolutions-APIG4",
        "Members have no account here: the 256-bit token in the link is what lets them in, and the function checks it.",
      );
    }
    this.url = `${api.apiEndpoint}${pagePath}`;
  }

  #accessLog(retention: number): LogGroup {
    return new LogGroup(this, "AccessLog", {
      // What may write to log groups stands in one policy of 5,120 characters for all of them, unless they carry this prefix.
      logGroupName: "/aws/vendedlogs/mailferry-member-page",
      retention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

/** Who asked, when, and what became of it. Neither the path nor the referrer: a token stands in them. */
const accessLogFields = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  sourceIp: "$context.identity.sourceIp",
  routeKey: "$context.routeKey",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationError: "$context.integrationErrorMessage",
};
