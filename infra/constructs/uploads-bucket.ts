import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { FunctionName } from "../../shared/contract/environment.ts";
import { uploadsPrefix } from "../../shared/contract/objects.ts";
import { acknowledge, arnInFinding } from "./acknowledge.ts";
import type { MailferryFunction } from "./mailferry-function.ts";

const directories = "directories/*";
const importErrors = "imports/*";
const reports = "reports/*";
const uploads = `${uploadsPrefix}*`;

/** Where the admin's workbooks arrive, member directories lie and reports are fetched from. */
export class UploadsBucket extends Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      // Not the credentials key: whoever fetches a report would then need the permission that opens passwords.
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      // Two uploads under one name are two imports; neither may vanish before it was read.
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        // A workbook holds passwords. Its import destroys it; this ends what no import ever got hold of.
        {
          id: "workbooks-go",
          prefix: uploadsPrefix,
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        // Names and telephone numbers; a migration that lasts longer is given its directory again with the next workbook.
        {
          id: "directories-go",
          prefix: "directories/",
          expiration: Duration.days(90),
          noncurrentVersionExpiration: Duration.days(1),
        },
        {
          id: "import-errors-go",
          prefix: "imports/",
          expiration: Duration.days(90),
          noncurrentVersionExpiration: Duration.days(1),
        },
        {
          id: "reports-go",
          prefix: "reports/",
          expiration: Duration.days(90),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
    });
    this.#sendEventsToEventBridge();
    acknowledge(
      this,
      "AwsSolutions-S1",
      "A workbook lives here for minutes and only its import and the account's administrators can read it; a log bucket would keep names of mailboxes longer than the objects themselves. CloudTrail data events serve whoever must audit access.",
    );
  }

  /** Reading and destroying workbooks, reading and keeping members' directories, writing down what could not be imported. */
  grantImport(grantee: MailferryFunction<FunctionName>): void {
    // Without leave to list, S3 answers "denied" for an object that is not there, and the two must not be mixed up.
    allow(grantee, ["s3:ListBucket", "s3:ListBucketVersions"], this.bucketArn);
    allow(
      grantee,
      ["s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      this.arnForObjects(uploads),
    );
    allow(grantee, ["s3:GetObject", "s3:PutObject"], this.arnForObjects(directories));
    allow(grantee, ["s3:PutObject"], this.arnForObjects(importErrors));
    this.#acknowledgePrefix(
      grantee,
      importErrors,
      "Rows to be mended are named by their migration and file.",
    );
    this.#acknowledgePrefix(grantee, uploads, "Workbooks are named by their migration and file.");
    this.#acknowledgePrefix(grantee, directories, "Members' directories are named by their migration.");
  }

  /** Replacing the snapshots of members' directories, and comparing with the one before. */
  grantDirectories(grantee: MailferryFunction<FunctionName>): void {
    allow(grantee, ["s3:ListBucket"], this.bucketArn);
    allow(grantee, ["s3:GetObject", "s3:PutObject"], this.arnForObjects(directories));
    this.#acknowledgePrefix(grantee, directories, "Members' directories are named by their migration.");
  }

  /** Reading members' directories; without leave to list, one that is not there would look denied. */
  grantReadDirectories(grantee: MailferryFunction<FunctionName>): void {
    allow(grantee, ["s3:ListBucket"], this.bucketArn);
    allow(grantee, ["s3:GetObject"], this.arnForObjects(directories));
    this.#acknowledgePrefix(grantee, directories, "Members' directories are named by their migration.");
  }

  grantWriteReports(grantee: MailferryFunction<FunctionName>): void {
    allow(grantee, ["s3:PutObject"], this.arnForObjects(reports));
    this.#acknowledgePrefix(grantee, reports, "Reports are named by their migration.");
  }

  #acknowledgePrefix(grantee: MailferryFunction<FunctionName>, prefix: string, reason: string): void {
    acknowledge(
      grantee.executionRole,
      `AwsSolutions-IAM5[Resource::${arnInFinding(this)}/${prefix}]`,
      reason,
    );
  }

  /** As the bucket's own property: the switch of the construct library is a custom resource with a function behind it. */
  #sendEventsToEventBridge(): void {
    const bucket = this.node.defaultChild;
    if (!(bucket instanceof CfnBucket)) throw new Error("The uploads bucket is not a CfnBucket.");
    bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}

const allow = (grantee: IGrantable, actions: string[], arn: string): void => {
  Grant.addToPrincipal({ grantee, actions, resourceArns: [arn] });
};
