import { isIPv4, isIPv6 } from "node:net";
import { Packet, type Resource } from "dns2";

/** The types this name server knows. */
export const recordTypes = ["A", "AAAA", "CNAME", "MX", "NS", "SOA", "TXT"] as const;
export type RecordType = (typeof recordTypes)[number];

/** All records of one name and type. Values are in presentation format (RFC 1035 §5.1), as Route 53 takes them: `10 mx.example.test.` */
export interface RecordSet {
  readonly name: string;
  readonly type: RecordType;
  /** Seconds. */
  readonly ttl: number;
  readonly values: readonly string[];
}

/** A value that is no value of its type; `message` says which and why. */
export class RecordUnusable extends Error {
  override readonly name = "RecordUnusable";
}

/** Names are compared without regard to case (RFC 4343) and without the root's dot. */
export const canonicalName = (name: string): string => name.toLowerCase().replace(/\.$/, "");

/** The records on the wire. @throws RecordUnusable when a value cannot be sent. */
export const resourcesOf = ({ name, type, ttl, values }: RecordSet): readonly Resource[] =>
  values.map((value) => {
    const resource = new Packet.Resource({
      name: canonicalName(name),
      type: Packet.TYPE[type],
      class: Packet.CLASS.IN,
      ttl,
    });
    return Object.assign(resource, dataOf[type](value.trim()));
  });

type RecordData = Partial<Resource>;

const dataOf: Readonly<Record<RecordType, (value: string) => RecordData>> = {
  A: (value) => (isIPv4(value) ? { address: value } : unusable("A", value, "is not an IPv4 address")),
  AAAA: (value) => (isIPv6(value) ? { address: value } : unusable("AAAA", value, "is not an IPv6 address")),
  CNAME: (value) => ({ domain: nameIn("CNAME", value) }),
  NS: (value) => ({ ns: nameIn("NS", value) }),
  MX: (value) => {
    const [, preference, exchange] = /^(\d{1,5})\s+(\S+)$/.exec(value) ?? [];
    if (preference === undefined || exchange === undefined || Number(preference) > 65_535) {
      return unusable("MX", value, "is not a preference and a host name");
    }
    // RFC 7505: the root as the only exchange says that the domain takes no mail.
    return { priority: Number(preference), exchange: exchange === "." ? "" : nameIn("MX", exchange) };
  },
  TXT: (value) => {
    const strings = value.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
    if (strings.length === 0 || strings.join("") !== value.replace(/"\s+"/g, '""')) {
      return unusable("TXT", value, "is not one or more strings in double quotes");
    }
    const data = strings.map((text) => text.slice(1, -1).replace(/\\(.)/g, "$1"));
    if (data.some((text) => Buffer.byteLength(text) > 255)) {
      return unusable("TXT", value, "has a string longer than 255 bytes");
    }
    return { data };
  },
  SOA: (value) => {
    const [primary = "", admin = "", ...numbers] = value.split(/\s+/);
    const [serial, refresh, retry, expiration, minimum] = numbers.map(Number);
    if (numbers.length !== 5 || !numbers.every((text) => /^\d{1,10}$/.test(text))) {
      return unusable("SOA", value, "is not two names and five numbers");
    }
    return {
      primary: nameIn("SOA", primary),
      admin: nameIn("SOA", admin),
      ...(serial === undefined ? {} : { serial }),
      ...(refresh === undefined ? {} : { refresh }),
      ...(retry === undefined ? {} : { retry }),
      ...(expiration === undefined ? {} : { expiration }),
      ...(minimum === undefined ? {} : { minimum }),
    };
  },
};

const nameIn = (type: RecordType, value: string): string => {
  const name = canonicalName(value);
  const labels = name.split(".");
  const usable = name.length <= 253 && labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label));
  return usable ? name : unusable(type, value, "is not a host name");
};

const unusable = (type: RecordType, value: string, reason: string): never => {
  throw new RecordUnusable(`${type} value "${value}" ${reason}`);
};
