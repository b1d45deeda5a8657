import type { MemberPageRequest } from "../../events/member-page-request.ts";
import type { FormProblem } from "./page/render.ts";

/** Bytes of a form: a password of 1,024 characters, each of them written as %XX three times over. */
const formBytesAtMost = 10_240;
const charactersAtMost = 1_024;

/** The password of a posted form, as it was typed in: nothing is trimmed off, because spaces may belong to it. */
export const readPassword = ({
  body = "",
  isBase64Encoded,
}: Pick<MemberPageRequest, "body" | "isBase64Encoded">): { readonly password: string } | FormProblem => {
  if (body.length > formBytesAtMost * 2) return "tooLong";
  const form = isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
  if (form.length > formBytesAtMost) return "tooLong";
  const password = new URLSearchParams(form).get("password") ?? "";
  if (password === "") return "missing";
  return password.length > charactersAtMost ? "tooLong" : { password };
};
