import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import { s3ObjectStore } from "../../functions/adapters/s3/object-store.ts";
import { openS3 } from "../../infra/local/services/s3/service.ts";
import { finishesAccounts } from "../../shared/contract/objects.ts";
import { countingMetering } from "../support/counting-metering.ts";
import { clientOf, serveOnLoopback } from "../support/loopback-service.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const bucket = "uploads-of-test";

const openStore = async (isVersioned = true) => {
  const service = openS3({
    dataDir: await temporaryDirectory(),
    metering: countingMetering(),
    publish: async () => undefined,
  });
  service.declareBucket({ name: bucket, isVersioned, isAnnounced: false });
  const loopback = await serveOnLoopback(service);
  onTestFinished(() => loopback.stop());
  const client = new S3Client({ ...clientOf(loopback), forcePathStyle: true });
  return { client, store: s3ObjectStore(client, bucket) };
};
const versionsOf = async (client: S3Client) => {
  const { Versions = [], DeleteMarkers = [] } = await client.send(
    new ListObjectVersionsCommand({ Bucket: bucket }),
  );
  return [...Versions, ...DeleteMarkers].map(({ Key }) => Key);
};
const key = "uploads/yunfan.example-k3v9/名单 2026.xlsx";

describe("the object store", () => {
  it("gives back what was written, and null for what is not there", async () => {
    const { store } = await openStore();
    await store.write(key, Buffer.from("workbook"), "application/octet-stream");
    expect(Buffer.from((await store.read(key, 100)) ?? []).toString()).toBe("workbook");
    expect(await store.read("uploads/nothing", 100)).toBeNull();
  });

  it("gives what its uploader said of an object beside its bytes", async () => {
    const { client, store } = await openStore();
    const Body = Buffer.from("workbook");
    await client.send(
      new PutObjectCommand({ ...{ Bucket: bucket, Key: key, Body }, Metadata: { ...finishesAccounts } }),
    );
    const said = await store.readDescribed(key, 100);
    expect(said).toMatchObject({ metadata: { "finish-accounts": "true" } });
    expect(Buffer.from(said?.bytes ?? []).toString()).toBe("workbook");
    await store.write(key, Body, "text/plain");
    expect(await store.readDescribed(key, 100)).toMatchObject({ metadata: {} });
    expect(await store.readDescribed("uploads/nothing", 100)).toBeNull();
  });

  it("does not read more than it may, and names the file", async () => {
    const { store } = await openStore();
    await store.write(key, Buffer.alloc(101), "application/octet-stream");
    await expect(store.read(key, 100)).rejects.toMatchObject({
      name: "WorkbookUnreadable",
      evidence: { file: "名单 2026.xlsx" },
    });
  });

  it("throws what is not 'not there' as it is", async () => {
    const { client } = await openStore();
    await expect(s3ObjectStore(client, "another-bucket").read(key, 100)).rejects.toMatchObject({
      name: "NoSuchBucket",
    });
  });

  it.each([true, false])(
    "destroys every version of the object and nothing beside it (versioned: %s)",
    async (isVersioned) => {
      const { store, client } = await openStore(isVersioned);
      for (const body of ["first", "second", "third"])
        await store.write(key, Buffer.from(body), "text/plain");
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      await store.write(key, Buffer.from("fourth"), "text/plain");
      await store.write(`${key}.bak`, Buffer.from("stays"), "text/plain");
      await store.destroy(key);
      expect(await store.read(key, 100)).toBeNull();
      expect(await versionsOf(client)).toEqual([`${key}.bak`]);
      await store.destroy(key);
    },
  );
});
