import { z } from "zod";

/** The parts of a service account's JSON key that are used. Its token_uri is not: where secrets go is said by the settings. */
const ServiceAccount = z.object({
  type: z.literal("service_account"),
  client_email: z.string().min(3).max(320),
  private_key: z.string().startsWith("-----BEGIN PRIVATE KEY-----"),
  private_key_id: z.string().optional(),
});
export type ServiceAccount = z.infer<typeof ServiceAccount>;

/** Reads the key; null when it is none. */
export const parseServiceAccount = (text: string): ServiceAccount | null => {
  try {
    return ServiceAccount.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};
