import type { EventBus } from "aws-cdk-lib/aws-events";
import type { DeploySettings } from "../settings.ts";
import type { CopyQueue } from "./copy-queue.ts";
import type { CredentialsKey } from "./credentials-key.ts";
import type { DirectoryReading } from "./directory-reading.ts";
import type { FunctionCode } from "./mailferry-function.ts";
import type { NoticesQueue } from "./notices-queue.ts";
import type { OperatorAlarms } from "./operator-alarms.ts";
import type { StateTable } from "./state-table.ts";
import type { UploadsBucket } from "./uploads-bucket.ts";

/** What the constructs that do something stand on. Each asks for its `Pick` of it, so its signature says what it touches. */
export interface Foundations {
  readonly settings: DeploySettings;
  readonly code: FunctionCode;
  readonly alarms: OperatorAlarms;
  readonly table: StateTable;
  readonly copyQueue: CopyQueue;
  readonly noticesQueue: NoticesQueue;
  readonly uploads: UploadsBucket;
  readonly credentialsKey: CredentialsKey;
  readonly bus: EventBus;
  readonly directories: DirectoryReading;
}
