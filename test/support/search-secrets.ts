import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { contentsOf } from "./file-contents.ts";
import { formsOf } from "./secret-forms.ts";

/** Something that must not be written down, by a name under which a test may speak of it. */
export interface NamedSecret {
  readonly name: string;
  readonly secret: string;
}

/** Shorter ones would be found by chance, in some encoding of something else. */
const shortestSecret = 8;

/**
 * Searches everything below a directory for secrets in every form, and gives a line for each find; an empty list for none. It
 * names the secret, never shows it. @throws Error for a secret that is too short, and for a directory without files
 */
export const searchSecrets = async (
  directory: string,
  secrets: readonly NamedSecret[],
): Promise<string[]> => {
  const sought = secrets.map(({ name, secret }) => ({ name, forms: formsOf(sufficient(name, secret)) }));
  const finds = new Set<string>();
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  if (files.length === 0) throw new Error(`There is no file to be searched in ${directory}`);
  for (const file of files) {
    for (const { where, bytes } of await contentsOf(file)) {
      for (const { name, forms } of sought) {
        const found = forms.find((form) => bytes.includes(form.bytes));
        if (found !== undefined) finds.add(`${relative(directory, file)}${where}: ${name} as ${found.form}`);
      }
    }
  }
  return [...finds].sort();
};

const sufficient = (name: string, secret: string): string => {
  if (secret.length < shortestSecret) throw new Error(`${name} is too short to be searched for`);
  return secret;
};
