import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { bootFixture, clientsOf, output, writeFixture } from "../support/fixture-cloud.ts";
import { searchSecrets } from "../support/search-secrets.ts";

const boot = async () => {
  const fixture = await writeFixture();
  const cloud = await bootFixture(fixture);
  const { s3, sqs } = clientsOf(cloud);
  return { fixture, s3, sqs, plain: output(cloud, "PlainName"), uploads: output(cloud, "UploadsName") };
};

describe("a bucket", () => {
  it("gives back bytes, type and metadata of an object with a name in any script", async () => {
    const { s3, plain: Bucket } = await boot();
    const Key = "uploads/成员 名单?#%+&<1>.xlsx";
    const Body = Buffer.from(Array.from({ length: 300 }, (_unused, index) => index % 256));
    await s3.send(
      new PutObjectCommand({ Bucket, Key, Body, ContentType: "application/x", Metadata: { by: "a" } }),
    );
    const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body);
    expect(got).toMatchObject({ ContentType: "application/x", Metadata: { by: "a" }, ContentLength: 300 });
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ ContentLength: 300 });
    const part = await s3.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=10-19" }));
    expect(Buffer.from((await part.Body?.transformToByteArray()) ?? [])).toEqual(Body.subarray(10, 20));
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "uploads/" }));
    expect(Contents).toMatchObject([{ Key, Size: 300 }]);
  });

  it("tells an absent object from an absent bucket", async () => {
    const { s3, plain } = await boot();
    const get = (Bucket: string) => s3.send(new GetObjectCommand({ Bucket, Key: "absent" }));
    await expect(get(plain)).rejects.toMatchObject({ name: "NoSuchKey" });
    await expect(get("absent")).rejects.toMatchObject({ name: "NoSuchBucket" });
    await expect(s3.send(new HeadObjectCommand({ Bucket: plain, Key: "absent" }))).rejects.toMatchObject({
      name: "NotFound",
    });
  });

  it("refuses an upload that is damaged on its way", async () => {
    const { s3, plain: Bucket } = await boot();
    const damaged = new PutObjectCommand({ Bucket, Key: "a", Body: "whole", ChecksumCRC32: "AAAAAA==" });
    await expect(s3.send(damaged)).rejects.toMatchObject({ name: "BadDigest" });
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: "a" }))).rejects.toMatchObject({
      name: "NoSuchKey",
    });
  });

  it("keeps every version, hides the key behind a marker, and destroys version by version", async () => {
    const { s3, uploads: Bucket } = await boot();
    const Key = "a";
    const first = await s3.send(new PutObjectCommand({ Bucket, Key, Body: "1" }));
    const second = await s3.send(new PutObjectCommand({ Bucket, Key, Body: "2" }));
    const read = async (VersionId?: string) =>
      (await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();
    expect([await read(), await read(first.VersionId)]).toEqual(["2", "1"]);
    const hidden = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(hidden.DeleteMarker).toBe(true);
    await expect(read()).rejects.toMatchObject({ name: "NoSuchKey" });
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
    expect(Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [second.VersionId, false],
      [first.VersionId, false],
    ]);
    expect(DeleteMarkers).toMatchObject([{ VersionId: hidden.VersionId, IsLatest: true }]);
    const Objects = [...(Versions ?? []), ...(DeleteMarkers ?? [])].map(({ VersionId }) => ({
      Key,
      VersionId,
    }));
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    const left = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([left.Versions, left.DeleteMarkers]).toEqual([undefined, undefined]);
  });

  it("leaves nothing of a destroyed version on the disk, while it is being served", async () => {
    const { fixture, s3, uploads: Bucket } = await boot();
    const secret = "geheim-4711-passwort";
    const put = await s3.send(
      new PutObjectCommand({ Bucket, Key: "a.csv", Body: `a@example.test,${secret}` }),
    );
    expect(await searchSecrets(fixture.dataDir, [{ name: "it", secret }])).not.toEqual([]);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a.csv", VersionId: put.VersionId }));
    expect(await searchSecrets(fixture.dataDir, [{ name: "it", secret }])).toEqual([]);
  });

  it("lists in pages without leaving out or repeating", async () => {
    const { s3, plain: Bucket } = await boot();
    const keys = ["a", "b", "c", "d", "e"];
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    const found: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 2, ContinuationToken }));
      found.push(...(page.Contents ?? []).map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(found).toEqual(keys);
  });

  it("refuses what it does not do and leaves the object as it is", async () => {
    const { s3, plain: Bucket } = await boot();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "body" }));
    const Tagging = { TagSet: [{ Key: "k", Value: "v" }] };
    await expect(s3.send(new PutObjectTaggingCommand({ Bucket, Key: "a", Tagging }))).rejects.toMatchObject({
      name: "NotImplemented",
    });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "a" }));
    expect(await Body?.transformToString()).toBe("body");
  });

  it("tells EventBridge of new and deleted objects, and with it the functions that wait for them", async () => {
    const { fixture, s3, uploads: Bucket } = await boot();
    const put = await s3.send(new PutObjectCommand({ Bucket, Key: "uploads/a.xlsx", Body: "1" }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "uploads/a.xlsx", VersionId: put.VersionId }));
    const notes = await eventually("two events", async () => {
      const all = await fixture.notes();
      return all.length === 2 ? all : undefined;
    });
    const byType = new Map(notes.map(({ event }) => [event?.["detail-type"], event]));
    expect(byType.get("Object Created")).toMatchObject({
      source: "aws.s3",
      account: "000000000000",
      region: "eu-central-1",
      resources: [`arn:aws:s3:::${Bucket}`],
      detail: {
        bucket: { name: Bucket },
        object: { key: "uploads/a.xlsx", size: 1, "version-id": put.VersionId },
        reason: "PutObject",
      },
    });
    expect(byType.get("Object Deleted")).toMatchObject({
      detail: { "deletion-type": "Permanently Deleted", object: { key: "uploads/a.xlsx" } },
    });
  });
});
