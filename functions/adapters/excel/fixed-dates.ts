const endSignature = 0x06054b50;
const endLength = 22;

/** 1980-01-01 00:00, the earliest there is (APPNOTE.TXT 4.4.6): day and month count from one. */
const date = 0x21;
const time = 0;

/**
 * Sets the dates of all parts of a zip that exceljs' streaming writer has made, which knows no comment behind the end record and
 * no ZIP64 below 4 GB. It would put the moment of writing there, and the same accounts would never make the same file.
 */
export const withFixedDates = (zip: Buffer): Buffer => {
  const end = zip.length - endLength;
  if (zip.readUInt32LE(end) !== endSignature) throw new Error("The written workbook does not end as a zip.");
  let offset = zip.readUInt32LE(end + 16);
  for (let parts = zip.readUInt16LE(end + 10); parts > 0; parts -= 1) {
    setDate(zip, offset + 12);
    setDate(zip, zip.readUInt32LE(offset + 42) + 10);
    offset +=
      46 + zip.readUInt16LE(offset + 28) + zip.readUInt16LE(offset + 30) + zip.readUInt16LE(offset + 32);
  }
  return zip;
};

const setDate = (zip: Buffer, offset: number): void => {
  zip.writeUInt16LE(time, offset);
  zip.writeUInt16LE(date, offset + 2);
};
