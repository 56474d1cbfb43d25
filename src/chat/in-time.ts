/** The work, or what `late` makes of it after so many milliseconds. The work itself is not stopped. */
export async function inTime<T>(work: Promise<T>, within: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), within);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
