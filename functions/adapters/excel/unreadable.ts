/** Why a workbook is refused, in words that end the sentence "it cannot be read as a workbook: …". */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}
