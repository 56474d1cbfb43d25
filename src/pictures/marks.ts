import type { Timeline } from '../ports/pictures';
import { figuresWidth } from './figures';

/** A label with the numbers of the rows that are lost on one day. */
export interface Mark {
  readonly day: number;
  readonly text: string;
  readonly x: number;
  readonly width: number;
  /** 0: next to the days; each further lane stands farther away. */
  readonly lane: number;
}

interface Space {
  /** The middle of a day, in pixels from the left. */
  middleOf(day: number): number;
  readonly left: number;
  readonly right: number;
  /** Height of the figures. */
  readonly size: number;
  readonly height: number;
  readonly lanes: number;
}

const gap = 5;

/** Places the marks beside each other where there is room, else in the next lane; those that find none are left out. */
export function placeMarks(marks: Timeline['marks'], space: Space): readonly Mark[] {
  const placed: Mark[] = [];
  for (const [day, labels] of byDay(marks)) {
    const text = nameAll(labels);
    const width = Math.max(space.height, figuresWidth(text, space.size) + space.height * 0.6);
    const from = Math.min(Math.max(space.middleOf(day) - width / 2, space.left), space.right - width);
    const isFree = (lane: number): boolean =>
      placed.every(
        (other) =>
          other.lane !== lane ||
          from >= other.x + other.width / 2 + gap ||
          from + width + gap <= other.x - other.width / 2,
      );
    const lane = Array.from({ length: space.lanes }, (_, place) => place).find(isFree);
    if (lane !== undefined) placed.push({ day, text, x: from + width / 2, width, lane });
  }
  return placed;
}

function byDay(marks: Timeline['marks']): Map<number, readonly string[]> {
  const days = new Map<number, readonly string[]>();
  for (const { day, label } of marks) days.set(day, [...(days.get(day) ?? []), label]);
  return new Map([...days].sort(([one], [other]) => one - other));
}

/** `1`, or the first and the last: the rows of a card stand in the order of their days. */
function nameAll(labels: readonly string[]): string {
  const [first = ''] = labels;
  const last = labels.at(-1) ?? first;
  return first === last ? first : `${first}–${last}`;
}
