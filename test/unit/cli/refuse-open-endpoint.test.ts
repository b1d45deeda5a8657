import { describe, expect, it } from "vitest";
import { attach } from "../../../infra/local/cli/pipeline.ts";
import { refuseOpenEndpoint } from "../../../infra/local/cli/refuse-open-endpoint.ts";

const refusal = { name: "UnusableInput", problems: [expect.stringContaining("--aws-endpoint")] };

describe("a pipeline's endpoint", () => {
  it.each([
    "http://127.0.0.1:45123",
    "http://[::1]:45123",
    "http://localhost:45123",
    "https://pipeline.example.test",
  ])("may be %s", (endpoint) => {
    expect(() => refuseOpenEndpoint(endpoint)).not.toThrow();
  });

  it.each([
    "http://pipeline.example.test:4566",
    "http://192.0.2.7",
    "http://127.0.0.1.example.test",
    "ftp://127.0.0.1",
    "127.0.0.1:4566",
    "nowhere",
  ])("is refused at %s, before anything is sent there", (endpoint) => {
    expect(() => refuseOpenEndpoint(endpoint)).toThrow(expect.objectContaining(refusal));
  });

  it("is looked at whoever attaches to it", async () => {
    await expect(attach({ endpoint: "nowhere" })).rejects.toMatchObject(refusal);
  });
});
