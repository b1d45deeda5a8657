import type { DirectoryAnswer, ReadDirectory } from "../../events/read-directory.ts";
import type { MigrationId } from "../../shared/contract/ids.ts";
import type { DirectoryReader } from "../../shared/ports/directory-reader.ts";

/** Stands in for the function that reads directories: answers what it is told to, after doing what it is told to do. */
export class FakeDirectoryReader implements DirectoryReader {
  /** What was asked for by those who wait, and by those who do not. */
  readonly requests: Parameters<DirectoryReader["read"]>[0][] = [];
  readonly asked: MigrationId[] = [];
  answer: DirectoryAnswer = { outcome: "notAsked" };
  whenRead: () => Promise<void> = async () => undefined;

  async read(request: Pick<ReadDirectory, "migrationId" | "evenIfFewer">): Promise<DirectoryAnswer> {
    this.requests.push(request);
    await this.whenRead();
    return this.answer;
  }

  async ask(migrationId: MigrationId): Promise<void> {
    this.asked.push(migrationId);
  }
}
