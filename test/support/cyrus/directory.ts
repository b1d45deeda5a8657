import { resolve } from "node:path";

/** Where Cyrus is unpacked to, once for all tests. */
export const cyrusDirectory = resolve(import.meta.dirname, "../../../.build/cyrus");
