import type { ObjectCreatedEvent } from "../../events/object-created.ts";
import { MailferryError } from "../contract/errors.ts";
import type { MigrationId } from "../contract/ids.ts";
import type { Upload } from "../contract/import-run.ts";
import { parseUploadKey } from "../contract/objects.ts";

/** Which upload of which migration an event speaks of. @throws MessageUnusable for a key of another form */
export const uploadOf = ({
  detail: { object },
}: ObjectCreatedEvent): { readonly migrationId: MigrationId; readonly upload: Upload } => {
  const place = parseUploadKey(object.key);
  if (place === null)
    throw new MailferryError("MessageUnusable", {
      schema: "import-accounts",
      reason: "the object's key is not uploads/<migration>/<file>",
    });
  const { etag, sequencer, "version-id": versionId } = object;
  return { migrationId: place.migrationId, upload: { file: place.fileName, etag, versionId, sequencer } };
};
