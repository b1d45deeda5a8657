/** An error in Route 53's vocabulary; `name` is the code that the SDK makes the exception's name. */
export class Route53Error extends Error {
  override readonly name: string;
  readonly status: 400 | 404;

  constructor(code: string, message: string, status: 400 | 404 = 400) {
    super(message);
    this.name = code;
    this.status = status;
  }
}
