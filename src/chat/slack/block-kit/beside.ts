import type { Run } from './markdown';

/** Letters that are written from right to left, and signs that turn the direction. */
const turning =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const turns = /[\u202a-\u202e\u2066-\u2069]/g;

/** So marked that what stands beside it on its line keeps its place, whatever direction it is written in. */
export function isolated(run: Run): Run {
  return turning.test(run.text) ? { ...run, text: `\u2068${run.text.replace(turns, '')}\u2069` } : run;
}

/** Between two texts on one line, which have nothing but their style to tell them apart. */
export function gapAfter(text: string): Run {
  return { text: /[.:!?]\s*$/.test(text) ? ' ' : ' · ' };
}

/** A stretch that keeps its distance by spaces is set off by a sign. */
export function setOff(runs: readonly Run[]): Run[] {
  return runs.flatMap((run, index) => {
    const before = runs[index - 1]?.text ?? '';
    const isApart = /^ {2,}\S/.test(run.text) && before.trim() !== '' && !before.endsWith('\n');
    return isApart ? [gapAfter(before), { ...run, text: run.text.trimStart() }] : [run];
  });
}
