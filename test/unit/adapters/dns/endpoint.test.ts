import { describe, expect, it } from "vitest";
import { parseServer } from "../../../../functions/adapters/dns/endpoint.ts";

describe("a name server as settings write it", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1", 53],
    ["192.0.2.1:5353", "192.0.2.1", 5353],
    ["ns1.yunfan.example", "ns1.yunfan.example", 53],
    ["ns1.yunfan.example:54", "ns1.yunfan.example", 54],
    ["2001:db8::2", "2001:db8::2", 53],
    ["[2001:db8::2]", "2001:db8::2", 53],
    ["[2001:db8::2]:5353", "2001:db8::2", 5353],
  ])("%s is %s at port %i", (server, host, port) => {
    expect(parseServer(server)).toEqual({ host, port });
  });
});
