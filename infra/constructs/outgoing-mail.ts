import { ArnFormat, Stack } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import { ConfigurationSet, EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { DeploySettings } from "../settings.ts";

/**
 * Mail that mailferry itself sends, by SES. What it is sent under (`mailFrom`) is an identity that somebody verified before, by a
 * DNS record or by a click: a stack can do neither. Without one nothing may be sent.
 */
export class OutgoingMail extends Construct {
  readonly configurationSetName: string;
  readonly #configurationSetArn: string;
  readonly #identityArn: string | undefined;

  constructor(scope: Construct, id: string, { mailFrom }: Pick<DeploySettings, "mailFrom">) {
    super(scope, id);
    const configurationSet = new ConfigurationSet(this, "ConfigurationSet", {
      configurationSetName: "mailferry",
    });
    // The default bus is the only one that SES publishes to.
    configurationSet.addEventDestination("Returned", {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, "DefaultBus", "default")),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    });
    this.configurationSetName = configurationSet.configurationSetName;
    this.#configurationSetArn = this.#arnOf("configuration-set", this.configurationSetName);
    this.#identityArn = mailFrom === undefined ? undefined : this.#arnOf("identity", mailFrom);
  }

  /** Sending under the one identity and through the one configuration set, whose events tell what came back. */
  grantSend(grantee: IGrantable): void {
    if (this.#identityArn === undefined) return;
    Grant.addToPrincipal({
      grantee,
      actions: ["ses:SendEmail"],
      resourceArns: [this.#identityArn, this.#configurationSetArn],
    });
  }

  #arnOf(resource: string, resourceName: string): string {
    const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
    return Stack.of(this).formatArn({ service: "ses", resource, resourceName, arnFormat });
  }
}
