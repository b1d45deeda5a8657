import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { openSecretsManager } from "../../infra/local/services/secrets-manager/secrets-manager.ts";
import { countingMetering } from "../support/counting-metering.ts";
import { directoryOfTest } from "../support/directory-of-test.ts";
import { clientOf, serveOnLoopback } from "../support/loopback-service.ts";

const open = async (dataDir: string) => {
  const metering = countingMetering();
  const service = await openSecretsManager({
    dataDir,
    region: "eu-central-1",
    accountId: "000000000000",
    metering,
  });
  const served = await serveOnLoopback(service);
  const client = new SecretsManagerClient(clientOf(served));
  return { service, client, metering, [Symbol.asyncDispose]: () => served.stop() };
};

const create = (Name: string, SecretString: string) => new CreateSecretCommand({ Name, SecretString });
const get = (SecretId: string, VersionStage?: string) =>
  new GetSecretValueCommand({ SecretId, ...(VersionStage === undefined ? {} : { VersionStage }) });

describe("Secrets Manager", () => {
  it("gives a secret back by name, by ARN and by ARN without its six characters, after a restart", async () => {
    const directory = await directoryOfTest();
    const before = await open(directory);
    const { ARN = "" } = await before.client.send(create("mailferry/m1/master", "hunter2"));
    await before[Symbol.asyncDispose]();
    expect(ARN).toMatch(
      /^arn:aws:secretsmanager:eu-central-1:000000000000:secret:mailferry\/m1\/master-\w{6}$/,
    );

    await using after = await open(directory);
    for (const reference of ["mailferry/m1/master", ARN, ARN.slice(0, -7)]) {
      expect((await after.client.send(get(reference))).SecretString).toBe("hunter2");
    }
    expect(after.metering.readings().secretsRequests).toBe(3);
  });

  it("makes a new value current and keeps the one before it as previous", async () => {
    await using opened = await open(await directoryOfTest());
    await opened.client.send(create("s", "first"));
    await opened.client.send(new PutSecretValueCommand({ SecretId: "s", SecretString: "second" }));
    await opened.client.send(
      new PutSecretValueCommand({ SecretId: "s", SecretBinary: Buffer.from([0, 1, 255]) }),
    );
    const current = await opened.client.send(get("s"));
    expect(current.SecretBinary).toEqual(new Uint8Array([0, 1, 255]));
    expect((await opened.client.send(get("s", "AWSPREVIOUS"))).SecretString).toBe("second");
    const described = await opened.client.send(new DescribeSecretCommand({ SecretId: "s" }));
    expect(Object.values(described.VersionIdsToStages ?? {}).flat()).toEqual(["AWSCURRENT", "AWSPREVIOUS"]);
  });

  it("says that an absent secret is absent, also one that has been deleted", async () => {
    await using opened = await open(await directoryOfTest());
    const absent = { name: "ResourceNotFoundException" };
    await expect(opened.client.send(get("s"))).rejects.toMatchObject(absent);
    await opened.client.send(create("s", "value"));
    await expect(opened.client.send(new DeleteSecretCommand({ SecretId: "s" }))).rejects.toThrow(
      /ForceDeleteWithoutRecovery/,
    );
    await opened.client.send(new DeleteSecretCommand({ SecretId: "s", ForceDeleteWithoutRecovery: true }));
    await expect(opened.client.send(get("s"))).rejects.toMatchObject(absent);
    expect((await opened.client.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
  });

  it("refuses to make a name twice, but takes the same request again", async () => {
    await using opened = await open(await directoryOfTest());
    const ClientRequestToken = "0123456789abcdef0123456789abcdef";
    const request = { Name: "s", SecretString: "value", ClientRequestToken };
    const first = await opened.client.send(new CreateSecretCommand(request));
    expect((await opened.client.send(new CreateSecretCommand(request))).ARN).toBe(first.ARN);
    await expect(opened.client.send(create("s", "other"))).rejects.toMatchObject({
      name: "ResourceExistsException",
    });
  });

  it("does not overwrite a value when the template's secret is made again", async () => {
    await using opened = await open(await directoryOfTest());
    const arn = opened.service.createSecret({ name: "s", secretString: "first" });
    expect(opened.service.createSecret({ name: "s", secretString: "second" })).toBe(arn);
    expect((await opened.client.send(get("s"))).SecretString).toBe("first");
  });

  it("writes no value in the clear and keeps its key where only the owner may read it", async () => {
    const directory = await directoryOfTest();
    await using opened = await open(directory);
    await opened.client.send(create("s", "correct horse battery staple"));
    const files = await readdir(directory);
    expect(files).toContain("secrets.sqlite-wal");
    for (const file of files) {
      expect((await readFile(join(directory, file))).includes("correct horse")).toBe(false);
    }
    expect((await stat(join(directory, "key"))).mode & 0o777).toBe(0o600);
  });
});
