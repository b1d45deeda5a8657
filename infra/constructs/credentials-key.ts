import { RemovalPolicy } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";

/**
 * The key that mailbox passwords are sealed with. It seals nothing else: were the table or the bucket encrypted with it,
 * every function and every reader of a report would need the permission that opens passwords.
 */
export class CredentialsKey extends Construct {
  readonly arn: string;
  readonly #key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#key = new Key(this, "Key", {
      alias: "mailferry/credentials",
      description: "Seals the data keys of mailbox passwords (mailferry)",
      enableKeyRotation: true,
      // Without the key the passwords of a migration under way are lost.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.arn = this.#key.keyArn;
  }

  /** Sealing takes a new data key; checking what is already held takes opening one. */
  grantSeal(grantee: IGrantable): void {
    this.#key.grant(grantee, "kms:GenerateDataKey", "kms:Decrypt");
  }

  /** Sealing what is typed in, without opening anything. */
  grantKeep(grantee: IGrantable): void {
    this.#key.grant(grantee, "kms:GenerateDataKey");
  }

  grantOpen(grantee: IGrantable): void {
    this.#key.grant(grantee, "kms:Decrypt");
  }
}
