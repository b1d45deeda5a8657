// Stands for every bundled function: tests of the template need code to refer to, not code to run.
export const handler = async () => null;
