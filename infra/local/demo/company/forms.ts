import { forwardedWhole, withAttachment } from "./attachment-forms.ts";
import { emptyBody, endlessLine, longHeaders, undeclaredBytes } from "./odd-forms.ts";
import type { Random } from "./random.ts";
import { type Form, htmlAlternative, plainText } from "./text-forms.ts";

/** How many messages of a hundred take which form. */
const forms: readonly (readonly [perCent: number, form: Form])[] = [
  [18, plainText("utf-8", "base64")],
  [10, plainText("utf-8", "quoted-printable")],
  [8, plainText("utf-8", "8bit")],
  [16, plainText("gb18030", "base64")],
  [7, plainText("gb18030", "8bit")],
  [20, htmlAlternative],
  [9, withAttachment(500, 30_000)],
  [3, forwardedWhole],
  [3, longHeaders],
  [2, emptyBody],
  [2, undeclaredBytes],
  [2, endlessLine],
];

const drawer: readonly Form[] = forms.flatMap(([perCent, form]) =>
  Array.from({ length: perCent }, () => form),
);

export function pickForm(random: Random): Form {
  return random.pick(drawer);
}

/** A drawing or a film clip: about a megabyte on the wire. */
export const largeForm: Form = withAttachment(350_000, 760_000);
