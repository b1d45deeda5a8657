import type { RecordSet } from "../dns/records.ts";

/** Seconds that the old MX may be cached; short, because the demo waits for it to run out. */
const ttl = 3;

/** The company's mail exchangers before the switch: those of its present provider. */
export const oldMx = ["5 mx1.old-provider.example.", "10 mx2.old-provider.example."] as const;

/** And after it: WeCom's. */
export const newMx = ["5 mxbiz1.qq.com.", "10 mxbiz2.qq.com."] as const;

/** The MX record set of the demo company. */
export const mxRecords = (domain: string, values: readonly string[]): RecordSet => ({
  name: domain,
  type: "MX",
  ttl,
  values,
});

/** The demo company's DNS zone as its administrator finds it. */
export const demoZone = (
  domain: string,
): { readonly name: string; readonly records: readonly RecordSet[] } => ({
  name: domain,
  records: [
    {
      name: domain,
      type: "SOA",
      ttl,
      values: [`ns1.${domain}. hostmaster.${domain}. 1 7200 900 1209600 ${ttl}`],
    },
    { name: domain, type: "NS", ttl, values: [`ns1.${domain}.`] },
    { name: `ns1.${domain}`, type: "A", ttl, values: ["127.0.0.1"] },
    mxRecords(domain, oldMx),
  ],
});
