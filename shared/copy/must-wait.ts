/**
 * The work has to wait for something outside of itself: its turn, its hours, a busy server, another delivery's end. It is no
 * failed attempt, however often it happens (see `sendAnew`).
 */
export class MustWait extends Error {
  override readonly name = "MustWait";
  /** Until it is worth trying again. */
  readonly seconds: number;

  constructor(reason: string, seconds: number, options?: ErrorOptions) {
    super(`The work waits ${Math.ceil(seconds)} s: ${reason}.`, options);
    this.seconds = seconds;
  }
}
