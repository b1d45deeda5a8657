/**
 * Gives back the memory of octets that nobody looks at any more; they are empty from then on. Left to the collector, the messages that
 * have been copied pile up outside its heap until it stops everything to look for them, every few megabytes of mail. Octets that share
 * their memory with others are not anyone's to give.
 */
export const letGo = ({ buffer, byteLength }: Uint8Array): void => {
  const isWhole = byteLength > 0 && buffer.byteLength === byteLength;
  if (isWhole && buffer instanceof ArrayBuffer) buffer.transfer(0);
};
