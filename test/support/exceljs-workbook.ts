import ExcelJS from "exceljs";

/** A workbook as exceljs writes it: shared strings, styles, sheets by name with their rows from A1 on. */
export const exceljsWorkbook = async (
  sheets: Readonly<Record<string, readonly (readonly ExcelJS.CellValue[])[]>>,
  amend: (workbook: ExcelJS.Workbook) => void = () => undefined,
): Promise<Uint8Array> => {
  const workbook = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = workbook.addWorksheet(name);
    for (const row of rows) sheet.addRow([...row]);
  }
  amend(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};
