import { WriteReport } from "../../events/write-report.ts";
import { writeReport } from "../../shared/report/write-report.ts";
import { dynamoMemberLinkStore } from "../adapters/dynamodb/member-link-store.ts";
import { workbookWriter } from "../adapters/excel/write-workbook.ts";
import { s3ObjectStore } from "../adapters/s3/object-store.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";
import { rehearseObjects } from "../runtime/rehearsals.ts";
import { firstWorkbook } from "./first-workbook.ts";

/** Writes the report of a migration and answers where it lies. */
export const handler = await defineFunction(
  "write-report",
  WriteReport,
  (environment) => {
    const state = composeState(environment);
    const app = {
      ...state,
      memberLinks: dynamoMemberLinkStore(state.table),
      objects: s3ObjectStore(clients.s3(), environment.UPLOADS_BUCKET),
      workbooks: workbookWriter,
    };
    return ({ migrationId }) => writeReport(app, migrationId);
  },
  () => Promise.all([firstWorkbook(), rehearseObjects()]),
);
