/** A directory of 500,000 members. Bytes. */
export const directoryBytesAtMost = 64 * 1_024 * 1_024;
