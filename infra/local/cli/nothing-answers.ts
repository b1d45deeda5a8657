import { z } from "zod";
import type { Language } from "../../../shared/contract/errors.ts";
import { isLoopback } from "../../../shared/domain/server-address.ts";

/** As Node fails to connect (`SystemError`). */
const Refused = z.object({ code: z.literal("ECONNREFUSED"), address: z.string(), port: z.number() });

/** A name of several addresses was tried at each of them. */
const RefusedEverywhere = z.object({ errors: z.array(z.unknown()).min(1) });

/** By this the AWS SDK's failures are known from those of a mail server, which another kind of help is given for. */
const OfSdk = z.object({ $metadata: z.object({}) });

/** What to do when the pipeline on this machine is not up, or is not any more; null for any other failure. */
export const nothingAnswers = (thrown: unknown, language: Language): string | null => {
  if (!OfSdk.safeParse(thrown).success) return null;
  const everywhere = RefusedEverywhere.safeParse(thrown);
  const refused = Refused.safeParse(everywhere.success ? everywhere.data.errors[0] : thrown);
  if (!refused.success || !isLoopback(refused.data.address)) return null;
  const { address, port } = refused.data;
  const host = address.includes(":") ? `[${address}]` : address;
  return noAnswer(`http://${host}:${port}`)[language];
};

const noAnswer = (url: string) => ({
  en: `Nothing answers at ${url}. Start \`npm start\` again with the same --data, then repeat the command with the address it prints.`,
  zhCN: `${url} 没有应答。请用相同的 --data 重新执行 \`npm start\`，然后按其显示的地址重复该命令。`,
});
