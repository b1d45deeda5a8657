/**
 * What works done side by side come to. When one fails the others are waited for all the same, and the first failure in their order is
 * thrown: nothing goes on behind the caller's back, to be done when it is somebody else's turn.
 */
export const allEnded = async <const Works extends readonly Promise<unknown>[]>(
  works: Works,
): Promise<{ -readonly [Work in keyof Works]: Awaited<Works[Work]> }> => {
  await Promise.allSettled(works);
  return Promise.all(works);
};
