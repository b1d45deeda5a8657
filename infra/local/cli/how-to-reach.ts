import type { LocalCloud } from "../cloud.ts";

/** What a person needs to use a pipeline that is up: how to upload a sheet and watch, and where it answers. */
export const howToReach = (cloud: LocalCloud, settingsFile: string, accountsFile: string): string => {
  const { endpoint, region, credentials, outputs } = cloud;
  return `
The pipeline is up at ${endpoint} (this machine only). In another terminal:

  export AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey} AWS_REGION=${region}

Upload the sheet, start the migration and watch it:

  npm run -s migrate -- --aws-endpoint ${endpoint} --settings ${quoted(settingsFile)} --accounts ${quoted(accountsFile)} --through history

Passwords, restarts and whatever else an operator does:

  npm run -s operate -- --help
  npm run -s operate -- export-passwords --out passwords.xlsx --aws-endpoint ${endpoint}

Any AWS client works too, for example:

  aws --endpoint-url ${endpoint} stepfunctions list-executions --state-machine-arn ${outputs.StateMachineArn ?? ""}
  aws --endpoint-url ${endpoint} dynamodb scan --table-name ${outputs.TableName ?? ""}

Mail to members is not sent: with members.ask and notices.from in the settings it lies, one JSON file each, in
${cloud.outbox}, and the links in it open the members' page on this machine.

Names under the demo zones are answered at ${cloud.dnsAddress}. Ctrl-C stops everything that was started here.
`;
};

const quoted = (file: string): string =>
  /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
