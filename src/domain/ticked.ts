/** The most users that one form acts on: as many as a confirmation can name. For more there are files. */
export const mostTicked = 50;

/** Ids travel comma-joined; they hold no comma. */
export function parseIds(joined: string | undefined): string[] {
  return [...new Set((joined ?? '').split(','))].filter((id) => id !== '');
}

/** What is ticked once a page was looked at: its own ticks count, those of other pages stay. */
export function withPage(
  ticked: readonly string[],
  page: readonly string[],
  tickedHere: readonly string[],
): readonly string[] {
  const elsewhere = ticked.filter((id) => !page.includes(id));
  return [...new Set([...elsewhere, ...tickedHere])];
}
