import type { DataValidation } from "exceljs";

/** What exceljs' own types leave out: validations of whole ranges, which are kept as they are given. */
declare module "exceljs" {
  interface Worksheet {
    readonly dataValidations: { add(range: string, validation: DataValidation): void };
  }
}
