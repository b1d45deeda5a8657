/** The value in the middle. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const seconds = (value: number): string => `${value.toFixed(2)} s`;

export const megabytes = (value: number): string => `${Math.round(value)} MB`;

export const speed = (took: number, messages: number): string =>
  `${seconds(took)}, ${Math.round(messages / took)} messages/s`;
