import type { Pictures, Timeline } from '../ports/pictures';
import { createCanvas, type Box, type Canvas, type Color } from './canvas';
import { drawFigures, figuresWidth } from './figures';
import { placeMarks } from './marks';
import { encodePng } from './png';

const [width, height] = [1000, 320];
const [left, right] = [40, 960];
/** Where the days stand, how high their bars may be, and where the dates are written. */
const [baseline, tallest, dates] = [248, 104, 286];
const [shortest, barWidth, corner] = [16, 20, 5];
const sizes = { count: 19, date: 22, mark: 20 };
const pill = { height: 36, lanes: 2, top: 24, step: 41 };

const paper: Color = [247, 249, 250];
const line: Color = [196, 206, 210];
const ink: Color = [27, 35, 38];
const quiet: Color = [86, 98, 102];
const markPaper: Color = [45, 58, 63];
const markInk: Color = [255, 255, 255];

interface Zone {
  /** The first day that is not in it any more. */
  readonly until: number;
  readonly bar: Color;
  readonly ground: Color;
}
const zones: readonly Zone[] = [
  { until: 4, bar: [196, 43, 35], ground: [252, 233, 231] },
  { until: 8, bar: [216, 133, 12], ground: [253, 242, 222] },
  { until: Infinity, bar: [15, 118, 125], ground: paper },
];

/** Draws with nothing but arithmetic: no fonts, no library of the system, the same bytes everywhere. */
export function createPictures(): Pictures {
  return {
    timeline(timeline) {
      const canvas = createCanvas(width, height);
      draw(canvas, timeline);
      return encodePng(width, height, canvas.pixels);
    },
  };
}

function draw(canvas: Canvas, timeline: Timeline): void {
  const step = (right - left) / Math.max(1, timeline.days.length);
  const middleOf = (day: number): number => left + (day + 0.5) * step;
  canvas.roundedBox({ x: 0, y: 0, width, height }, 16, paper);
  drawGrounds(canvas, timeline, step);
  const tops = drawBars(canvas, timeline, middleOf);
  drawDates(canvas, timeline, middleOf);
  const figures = drawCounts(canvas, timeline, middleOf, tops);
  drawMarks(canvas, timeline, middleOf, figures);
}

function zoneOf(day: number): Zone {
  return zones.find(({ until }) => day < until) ?? { until: 0, bar: ink, ground: paper };
}

/** What is urgent and what is soon stands on a ground of its own. */
function drawGrounds(canvas: Canvas, { days }: Timeline, step: number): void {
  let from = 0;
  for (const { until, ground } of zones) {
    const to = Math.min(until, days.length);
    const box = { x: left + from * step + 2, y: 14, width: (to - from) * step - 4, height: baseline - 8 };
    if (to > from && ground !== paper) canvas.roundedBox(box, 10, ground);
    from = Math.max(from, to);
  }
}

/** A bar for each day on which somebody is lost; answers with the top of each. */
function drawBars(canvas: Canvas, { days, counts }: Timeline, middleOf: (day: number) => number): number[] {
  const most = Math.max(1, ...counts);
  canvas.lines(
    [
      [
        { x: left, y: baseline },
        { x: right, y: baseline },
      ],
    ],
    2,
    line,
  );
  return days.map((_, day) => {
    const count = counts[day] ?? 0;
    const x = middleOf(day);
    if (count === 0) {
      canvas.lines([[{ x, y: baseline }]], 5, line);
      return baseline;
    }
    const size = shortest + ((tallest - shortest) * (count - 1)) / Math.max(1, most - 1);
    const box = { x: x - barWidth / 2, y: baseline - size, width: barWidth, height: size };
    canvas.roundedBox(box, corner, zoneOf(day).bar);
    return box.y;
  });
}

/** Every fifth day from the first on, and the last. */
function drawDates(canvas: Canvas, { days }: Timeline, middleOf: (day: number) => number): void {
  days.forEach((text, day) => {
    if (day % 5 !== 0 && day !== days.length - 1) return;
    const x = middleOf(day);
    const half = figuresWidth(text, sizes.date) / 2;
    const inside = Math.min(Math.max(x, 16 + half), width - 16 - half);
    canvas.lines(
      [
        [
          { x, y: baseline + 6 },
          { x, y: baseline + 12 },
        ],
      ],
      2,
      line,
    );
    drawFigures(canvas, text, { x: inside, y: dates }, sizes.date, quiet);
  });
}

/** How many, where it is more than one; where figures would touch something, the more urgent and the larger stay. */
function drawCounts(
  canvas: Canvas,
  { counts }: Timeline,
  middleOf: (day: number) => number,
  bars: readonly number[],
): number[] {
  const tops = [...bars];
  const taken = bars.map((y, day) => ({
    ...{ x: middleOf(day) - barWidth / 2, y },
    ...{ width: barWidth, height: baseline - y },
  }));
  for (const day of byWeight(counts)) {
    const text = String(counts[day] ?? 0);
    const wide = figuresWidth(text, sizes.count);
    const middle = { x: middleOf(day), y: (bars[day] ?? baseline) - 9 - sizes.count / 2 };
    const box = { x: middle.x - wide / 2, y: middle.y - sizes.count / 2, width: wide, height: sizes.count };
    if (taken.some((other) => touches(box, other))) continue;
    taken.push(box);
    drawFigures(canvas, text, middle, sizes.count, ink);
    tops[day] = box.y;
  }
  return tops;
}

/** The days on which more than one is lost: the urgent ones first, then those on which most are. */
function byWeight(counts: readonly number[]): number[] {
  const weightOf = (day: number): number =>
    zoneOf(day) === zones[0] ? Number.MAX_SAFE_INTEGER : (counts[day] ?? 0);
  const days = counts.flatMap((count, day) => (count > 1 ? [day] : []));
  return days.sort((one, other) => weightOf(other) - weightOf(one) || one - other);
}

function touches(one: Box, other: Box): boolean {
  const beside = one.x + one.width + 3 > other.x && other.x + other.width + 3 > one.x;
  return beside && one.y + one.height + 3 > other.y && other.y + other.height + 3 > one.y;
}

/** The numbers that the rows of the card have, each with a line to its day. */
function drawMarks(
  canvas: Canvas,
  { marks }: Timeline,
  middleOf: (day: number) => number,
  tops: readonly number[],
): void {
  const space = { middleOf, left: 16, right: width - 16, size: sizes.mark, ...pill };
  const placed = placeMarks(marks, space);
  for (const { day, lane } of placed) {
    const from = { x: middleOf(day), y: laneAt(lane) };
    canvas.lines([[from, { x: from.x, y: (tops[day] ?? baseline) - 7 }]], 2, quiet);
  }
  for (const { text, x, width: wide, lane } of placed) {
    const y = laneAt(lane);
    const box = { x: x - wide / 2, y: y - pill.height / 2, width: wide, height: pill.height };
    canvas.roundedBox(box, pill.height / 2, markPaper);
    drawFigures(canvas, text, { x, y }, sizes.mark, markInk);
  }
}

/** Lane 0 is the lowest. */
function laneAt(lane: number): number {
  return pill.top + pill.height / 2 + (pill.lanes - 1 - lane) * pill.step;
}
