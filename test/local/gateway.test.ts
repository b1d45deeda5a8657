import { request } from "node:http";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import type { LocalCloud } from "../../infra/local/cloud.ts";
import { bootFixture, clientsOf, output, writeFixture } from "../support/fixture-cloud.ts";

const boot = async (): Promise<LocalCloud> => bootFixture(await writeFixture());

/** A request as no SDK would make it. */
const raw = (
  cloud: LocalCloud,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(cloud.endpoint, { method: "POST", headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("error", reject).end("{}");
  });

const signed = ({ accessKeyId }: { readonly accessKeyId: string }, service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261122/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  "content-type": "application/x-amz-json-1.0",
});

describe("the gateway", () => {
  it("listens on loopback only", async () => {
    const cloud = await boot();
    expect(cloud.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("sends every request to the service of its credential scope", async () => {
    const cloud = await boot();
    const { sqs } = clientsOf(cloud);
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({}));
    expect(QueueUrls).toContain(output(cloud, "JobsUrl"));
  });

  it("refuses a Host that is not this machine, as a page with a rebound name would send it", async () => {
    const cloud = await boot();
    const answer = await raw(cloud, { ...signed(cloud.credentials, "sqs"), host: "evil.example:80" });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("Host");
  });

  it("refuses an access key that was minted for another data directory", async () => {
    const cloud = await boot();
    const other = await boot();
    const { endpoint, region } = cloud;
    const stranger = new SQSClient({ endpoint, region, credentials: other.credentials, maxAttempts: 1 });
    await expect(stranger.send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });

  it("refuses a request that is not signed", async () => {
    const answer = await raw(await boot(), {});
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining("Signature Version 4") });
  });

  it("says which service it does not have", async () => {
    const cloud = await boot();
    const answer = await raw(cloud, signed(cloud.credentials, "ec2"));
    expect(answer).toMatchObject({ status: 501, body: expect.stringContaining("The service ec2") });
  });

  it("refuses a request above its bound in the protocol of the service, and takes an object of that size", async () => {
    const cloud = await boot();
    const { s3, sqs } = clientsOf(cloud);
    const Body = Buffer.alloc(16 * 1024 * 1024 + 1, "x");
    const send = sqs.send(
      new SendMessageCommand({ QueueUrl: output(cloud, "GivenUpUrl"), MessageBody: Body.toString() }),
    );
    await expect(send).rejects.toThrow("larger than 16777216 bytes");
    await s3.send(new PutObjectCommand({ Bucket: output(cloud, "PlainName"), Key: "large", Body }));
  });

  it("takes the port of the last boot again, so that stored queue URLs stay right", async () => {
    const fixture = await writeFixture();
    const before = await bootFixture(fixture);
    await before.stop();
    const after = await bootFixture(fixture);
    expect(after.endpoint).toBe(before.endpoint);
    const sent = clientsOf(after).sqs.send(
      new SendMessageCommand({ QueueUrl: output(before, "GivenUpUrl"), MessageBody: "1" }),
    );
    await expect(sent).resolves.toHaveProperty("MessageId");
  });
});
