import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { ServiceError } from "../json-protocol.ts";

const machineRow = z.object({
  arn: z.string(),
  name: z.string(),
  role_arn: z.string(),
  definition: z.string(),
  created_at: z.number(),
});
export type Machine = z.output<typeof machineRow>;

/** The state machines that the template has made. */
export interface Machines {
  put(machine: Machine): void;
  /** @throws ServiceError `StateMachineDoesNotExist`. */
  get(arn: string): Machine;
  list(): readonly Machine[];
}

/** The machines as the journal has them; putting one again keeps its date and takes its definition. */
export const openMachines = (database: DatabaseSync): Machines => {
  const put = database.prepare(
    `INSERT INTO machines VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (arn) DO UPDATE SET role_arn = excluded.role_arn, definition = excluded.definition`,
  );
  const get = database.prepare("SELECT * FROM machines WHERE arn = ?");
  const list = database.prepare("SELECT * FROM machines ORDER BY created_at, arn");
  return {
    put: (machine) =>
      void put.run(machine.arn, machine.name, machine.role_arn, machine.definition, machine.created_at),
    get: (arn) => {
      const row = get.get(arn);
      if (row === undefined) {
        throw new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
      }
      return machineRow.parse(row);
    },
    list: () => list.all().map((row) => machineRow.parse(row)),
  };
};
