import { App, type AppProps, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import type { FunctionCode } from "./constructs/mailferry-function.ts";
import { readDeploySettings } from "./settings.ts";
import { MailferryStack } from "./stacks/mailferry-stack.ts";

/** The app with its one stack, checked by cdk-nag's AwsSolutions pack whenever it is synthesised. */
export const mailferryApp = (code: FunctionCode, props: AppProps = {}): App => {
  const app = new App(props);
  new MailferryStack(app, { settings: readDeploySettings(app.node.tryGetContext("mailferry")), code });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
};
