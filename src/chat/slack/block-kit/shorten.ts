import { lengthOf, plainOf, type Line } from './lines';
import { shortLinesOf } from './rich-text';
import { cut } from './text';

/** At most so many characters: the first and the last lines, and between them how many are left out. */
export function shortened(lines: readonly Line[], most: number): Line[] {
  const all = lines.flatMap(shortLinesOf);
  const head = countOf(all, most / 2);
  const tail = Math.min(countOf(all.toReversed(), most / 2), all.length - head);
  const left = all.length - head - tail;
  if (left === 0) return all;
  const [first] = all;
  if (head + tail === 0 && first) return [lineOf(cut(plainOf(first), Math.max(Math.floor(most), 1)))];
  return [...all.slice(0, head), lineOf(`… ${left}`), ...all.slice(all.length - tail)];
}

function lineOf(text: string): Line {
  return { runs: [{ text }], small: false };
}

/** How many lines from the first on have room. */
function countOf(lines: readonly Line[], most: number): number {
  let room = most;
  const end = lines.findIndex((line) => {
    room -= lengthOf(line);
    return room < 0;
  });
  return end < 0 ? lines.length : end;
}
