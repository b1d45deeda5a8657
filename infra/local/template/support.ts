/** How one resource type is treated; SUPPORT.md tells the same to people, and a test holds the two together. */
export type TypeSupport =
  | {
      readonly kind: "provisioned";
      /** Properties that are read over, each with the reason why nothing is lost by it. */
      readonly inertProperties: Readonly<Record<string, string>>;
    }
  | { readonly kind: "inert"; readonly reason: string };

const tags = { Tags: "names a resource for people and bills" };
const encryption = "everything lies in a directory only its owner can read";

/** Every resource type the local cloud accepts. Anything else is refused at load. */
export const resourceTypes = {
  "AWS::DynamoDB::Table": {
    kind: "provisioned",
    inertProperties: {
      ...tags,
      DeletionProtectionEnabled: "nothing here deletes a table",
      PointInTimeRecoverySpecification: "back-ups are copies of the data directory",
      SSESpecification: encryption,
      TableClass: "a question of price",
      TimeToLiveSpecification: "items stay; on AWS too they may stay for days after their time",
    },
  },
  "AWS::SQS::Queue": {
    kind: "provisioned",
    inertProperties: {
      ...tags,
      FifoThroughputLimit: "there is no throughput limit",
      KmsDataKeyReusePeriodSeconds: encryption,
      KmsMasterKeyId: encryption,
      RedriveAllowPolicy: "permission, not behaviour",
      SqsManagedSseEnabled: encryption,
    },
  },
  "AWS::S3::Bucket": {
    kind: "provisioned",
    inertProperties: {
      ...tags,
      BucketEncryption: encryption,
      CorsConfiguration: "no browser speaks to the gateway",
      LifecycleConfiguration: "objects stay until they are deleted",
      LoggingConfiguration: "access is by one user on one machine",
      OwnershipControls: "there is one owner",
      PublicAccessBlockConfiguration: "loopback only",
    },
  },
  "AWS::Lambda::Function": {
    kind: "provisioned",
    inertProperties: {
      ...tags,
      Architectures: "JavaScript runs on the machine's own",
      Description: "for people",
      LoggingConfig: "logs go to logs/<function>.log in the data directory",
      Role: "permissions are asserted on the template, not enforced here",
      TracingConfig: "no X-Ray here",
      VpcConfig: "every address is this machine's own",
    },
  },
  "AWS::Lambda::EventSourceMapping": { kind: "provisioned", inertProperties: tags },
  "AWS::Lambda::EventInvokeConfig": { kind: "provisioned", inertProperties: {} },
  "AWS::StepFunctions::StateMachine": {
    kind: "provisioned",
    inertProperties: {
      ...tags,
      EncryptionConfiguration: encryption,
      LoggingConfiguration: "the history of every execution is kept anyway",
      TracingConfiguration: "no X-Ray here",
    },
  },
  "AWS::Events::EventBus": { kind: "provisioned", inertProperties: { ...tags, Description: "for people" } },
  "AWS::Events::Rule": {
    kind: "provisioned",
    inertProperties: {
      Description: "for people",
      RoleArn: "permissions are asserted on the template, not enforced here",
    },
  },
  "AWS::KMS::Key": {
    kind: "provisioned",
    inertProperties: {
      ...tags,
      Description: "for people",
      EnableKeyRotation: "rotation is yearly and invisible to callers",
      KeyPolicy: "permissions are asserted on the template, not enforced here",
      PendingWindowInDays: "nothing here deletes a key",
      RotationPeriodInDays: "rotation is invisible to callers",
    },
  },
  "AWS::KMS::Alias": { kind: "provisioned", inertProperties: {} },
  "AWS::ApiGatewayV2::Api": {
    kind: "provisioned",
    inertProperties: { ...tags, Description: "for people", IpAddressType: "loopback only" },
  },
  "AWS::ApiGatewayV2::Integration": { kind: "provisioned", inertProperties: { Description: "for people" } },
  "AWS::ApiGatewayV2::Route": { kind: "provisioned", inertProperties: { OperationName: "for people" } },
  "AWS::ApiGatewayV2::Stage": {
    kind: "provisioned",
    inertProperties: { ...tags, Description: "for people" },
  },
  "AWS::SES::EmailIdentity": {
    kind: "provisioned",
    inertProperties: {
      ...tags,
      DkimAttributes: "no mail leaves this machine",
      DkimSigningAttributes: "no mail leaves this machine",
      FeedbackAttributes: "bounces are told by events only",
      MailFromAttributes: "no mail leaves this machine",
    },
  },
  "AWS::SES::ConfigurationSet": {
    kind: "provisioned",
    inertProperties: {
      ...tags,
      DeliveryOptions: "no mail leaves this machine",
      ReputationOptions: "no metrics are kept",
      SuppressionOptions: "there is no suppression list but the simulator's address",
    },
  },
  "AWS::SES::ConfigurationSetEventDestination": { kind: "provisioned", inertProperties: {} },
  "AWS::CDK::Metadata": { kind: "inert", reason: "counts constructs for the CDK team" },
  "AWS::CloudWatch::Alarm": { kind: "inert", reason: "no metrics are kept, so nothing can go off" },
  "AWS::IAM::Policy": {
    kind: "inert",
    reason: "permissions are asserted on the template, not enforced here",
  },
  "AWS::IAM::Role": { kind: "inert", reason: "permissions are asserted on the template, not enforced here" },
  "AWS::Lambda::Permission": {
    kind: "inert",
    reason: "permissions are asserted on the template, not enforced here",
  },
  "AWS::Logs::LogGroup": { kind: "inert", reason: "logs go to logs/<function>.log in the data directory" },
  "AWS::S3::BucketPolicy": {
    kind: "inert",
    reason: "permissions are asserted on the template, not enforced here",
  },
  "AWS::SNS::Topic": { kind: "inert", reason: "only alarms publish to it, and alarms are inert" },
  "AWS::SNS::TopicPolicy": {
    kind: "inert",
    reason: "permissions are asserted on the template, not enforced here",
  },
  "AWS::SQS::QueuePolicy": {
    kind: "inert",
    reason: "permissions are asserted on the template, not enforced here",
  },
} as const satisfies Record<string, TypeSupport>;

/** The treatment of a type, or undefined when it is refused. */
export const supportOf = (type: string): TypeSupport | undefined => supportByType[type];

const supportByType: Readonly<Record<string, TypeSupport>> = resourceTypes;
