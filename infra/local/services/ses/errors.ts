import type { ServiceAnswer } from "../service.ts";

/** An error in the vocabulary of SES (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html). */
export class SesError extends Error {
  override readonly name: "BadRequestException" | "InternalFailure" | "MessageRejected" | "NotFoundException";
  readonly status: number;

  constructor(name: SesError["name"], message: string) {
    super(message);
    this.name = name;
    this.status = statusOf[name];
  }
}

const statusOf = {
  BadRequestException: 400,
  InternalFailure: 500,
  MessageRejected: 400,
  NotFoundException: 404,
};

/** In the REST-JSON protocol the SDK reads the error's name from a header. */
export const answerError = ({ name, status, message }: SesError): ServiceAnswer => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-errortype": name },
  body: JSON.stringify({ message }),
});
