import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { openIndex, tableKeys } from "../../shared/contract/table.ts";

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * The one table: migrations, accounts, sealed credentials, folders and batches. It is what an interrupted migration
 * resumes from, so it outlives the stack and can be put back to any second of the last 35 days.
 */
export class StateTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: text(tableKeys.partition),
      sortKey: text(tableKeys.sort),
      billingMode: BillingMode.PAY_PER_REQUEST,
      // DynamoDB's key in the account, whose use CloudTrail shows. Passwords in the table are sealed with a key of their own.
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.addGlobalSecondaryIndex({
      indexName: openIndex.name,
      partitionKey: text(openIndex.partition),
      sortKey: text(openIndex.sort),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  /** Single items and key ranges of the table and its one index. Never a scan, never a transaction. */
  grantRead(grantee: IGrantable): void {
    this.#allow(grantee, this.tableArn, "dynamodb:GetItem", "dynamodb:Query");
    this.#allow(grantee, `${this.tableArn}/index/${openIndex.name}`, "dynamodb:Query");
  }

  /** Reading, and putting or deleting single items under a condition. */
  grantUse(grantee: IGrantable): void {
    this.grantRead(grantee);
    this.#allow(grantee, this.tableArn, "dynamodb:PutItem", "dynamodb:DeleteItem");
  }

  /** Many items at once: put without any condition, or made where there are none. */
  grantPutMany(grantee: IGrantable): void {
    this.#allow(grantee, this.tableArn, "dynamodb:BatchWriteItem", "dynamodb:PartiQLInsert");
  }

  #allow(grantee: IGrantable, arn: string, ...actions: string[]): void {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [arn] });
  }
}
