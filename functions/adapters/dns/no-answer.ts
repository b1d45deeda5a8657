/** A name server said nothing that could be used; the message says what happened instead. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}
