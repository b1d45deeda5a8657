import type { ObjectCreatedEvent } from "../../events/object-created.ts";
import { MailferryError } from "../contract/errors.ts";
import type { MigrationId } from "../contract/ids.ts";
import type { Upload } from "../contract/import-run.ts";
import { parsePasswordsKey, parseUploadKey } from "../contract/objects.ts";

/** An upload, and what it is to be taken for: where it was put tells. */
export interface UploadOf {
  readonly kind: "accounts" | "passwords";
  readonly migrationId: MigrationId;
  readonly upload: Upload;
}

/** Which upload of which migration an event speaks of. @throws MessageUnusable for a key of another form */
export const uploadOf = ({ detail: { object } }: ObjectCreatedEvent): UploadOf => {
  const passwords = parsePasswordsKey(object.key);
  const place = passwords ?? parseUploadKey(object.key);
  if (place === null)
    throw new MailferryError("MessageUnusable", {
      schema: "import-accounts",
      reason:
        "the object's key is neither uploads/<migration>/<file> nor uploads/<migration>/passwords/<file>",
    });
  const { etag, sequencer, "version-id": versionId } = object;
  const { migrationId, fileName } = place;
  return {
    kind: passwords === null ? "accounts" : "passwords",
    migrationId,
    upload: { file: fileName, etag, versionId, sequencer },
  };
};

/** Whether two events speak of one upload; another upload under the same name is another one. */
export const isSameUpload = (one: Upload, other: Upload): boolean =>
  one.file === other.file &&
  one.etag === other.etag &&
  one.versionId === other.versionId &&
  one.sequencer === other.sequencer;
