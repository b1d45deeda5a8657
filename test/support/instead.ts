/**
 * The same port with some of its methods changed. The others are still what the port declares, asynchronous or not, so that a tripwire
 * strung across counts them.
 */
export const instead = <Port extends object>(port: Port, changed: Partial<Port>): Port =>
  new Proxy(port, {
    get: (target, name): unknown => {
      const member: unknown = Reflect.get(Reflect.has(changed, name) ? changed : target, name, target);
      if (typeof member !== "function" || member.constructor.name !== "AsyncFunction") {
        return typeof member === "function" && member.constructor.name === "AsyncGeneratorFunction"
          ? generated((input) => Reflect.apply(member, target, input))
          : member;
      }
      return async (...input: readonly unknown[]): Promise<unknown> => Reflect.apply(member, target, input);
    },
  });

const generated = (items: (input: readonly unknown[]) => AsyncIterable<unknown>) =>
  async function* (...input: readonly unknown[]): AsyncGenerator<unknown> {
    yield* items(input);
  };
