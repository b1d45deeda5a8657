/** The same ports, but for some; a fake keeps its state in its fields, so that copying them is enough. */
export const over = <Ports extends object, Change extends object>(
  ports: Ports,
  change: Change,
): Omit<Ports, keyof Change> & Change => ({ ...ports, ...change });
