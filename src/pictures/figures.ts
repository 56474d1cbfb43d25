import type { Canvas, Color, Point } from './canvas';

/** How a sign is drawn: lines (`L`) and Bézier curves (`C`), in a box of height 1. */
interface Glyph {
  readonly advance: number;
  readonly strokes: readonly string[];
}

const wide = 0.68;
const glyphs: Readonly<Record<string, Glyph>> = {
  '0': {
    advance: wide,
    strokes: [
      '.28,.0 C .47,.0 .54,.2 .54,.5 C .54,.8 .47,1 .28,1 C .09,1 .02,.8 .02,.5 C .02,.2 .09,.0 .28,.0',
    ],
  },
  '1': { advance: wide, strokes: ['.1,.2 L .34,.0 L .34,1'] },
  '2': {
    advance: wide,
    strokes: ['.04,.27 C .04,.1 .14,.0 .28,.0 C .43,.0 .52,.1 .52,.25 C .52,.42 .38,.58 .04,1 L .54,1'],
  },
  '3': {
    advance: wide,
    strokes: [
      '.05,.14 C .1,.05 .18,.0 .28,.0 C .42,.0 .51,.1 .51,.24 C .51,.38 .41,.47 .22,.47 C .43,.47 .54,.57 .54,.73 C .54,.9 .43,1 .28,1 C .16,1 .07,.95 .02,.84',
    ],
  },
  '4': { advance: wide, strokes: ['.42,1 L .42,.0 L .02,.72 L .57,.72'] },
  '5': {
    advance: wide,
    strokes: [
      '.49,.0 L .11,.0 L .07,.46 C .13,.4 .2,.37 .29,.37 C .44,.37 .54,.49 .54,.68 C .54,.87 .43,1 .27,1 C .15,1 .07,.95 .02,.85',
    ],
  },
  '6': {
    advance: wide,
    strokes: [
      '.44,.0 C .18,.18 .03,.4 .03,.68 C .03,.88 .13,1 .285,1 C .44,1 .54,.88 .54,.69 C .54,.51 .44,.39 .29,.39 C .16,.39 .06,.48 .03,.66',
    ],
  },
  '7': { advance: wide, strokes: ['.03,.0 L .54,.0 L .2,1'] },
  '8': {
    advance: wide,
    strokes: [
      '.28,.0 C .41,.0 .49,.09 .49,.23 C .49,.37 .41,.46 .28,.46 C .15,.46 .07,.37 .07,.23 C .07,.09 .15,.0 .28,.0',
      '.28,.46 C .45,.46 .54,.57 .54,.73 C .54,.9 .44,1 .28,1 C .12,1 .02,.9 .02,.73 C .02,.57 .11,.46 .28,.46',
    ],
  },
  '9': {
    advance: wide,
    strokes: [
      '.12,1 C .38,.82 .53,.6 .53,.32 C .53,.12 .43,.0 .275,.0 C .12,.0 .02,.12 .02,.31 C .02,.49 .12,.61 .27,.61 C .4,.61 .5,.52 .53,.34',
    ],
  },
  '/': { advance: 0.56, strokes: ['.38,.0 L .06,1.04'] },
  '.': { advance: 0.3, strokes: ['.08,.98 L .08,.98'] },
  ',': { advance: 0.3, strokes: ['.1,.96 L .04,1.12'] },
  '-': { advance: 0.52, strokes: ['.05,.54 L .35,.54'] },
  '–': { advance: 0.62, strokes: ['.04,.54 L .46,.54'] },
  ' ': { advance: 0.36, strokes: [] },
};
const between = 0.12;

/** Pieces of straight line that a curve is drawn with. */
const smoothness = 8;

/** Figures and what stands between those of a date; other signs are left out. */
export function figuresWidth(text: string, size: number): number {
  const widths = glyphsOf(text).map(({ advance }) => advance);
  return Math.max(0, widths.reduce((sum, width) => sum + width, 0) - between) * size;
}

/** Draws `text` around a point, with figures `size` pixels high. */
export function drawFigures(canvas: Canvas, text: string, at: Point, size: number, color: Color): void {
  let left = at.x - figuresWidth(text, size) / 2;
  const top = at.y - size / 2;
  for (const { advance, strokes } of glyphsOf(text)) {
    const start = left;
    const place = ({ x, y }: Point): Point => ({ x: start + x * size, y: top + y * size });
    canvas.lines(
      strokes.map((stroke) => pathOf(stroke).map(place)),
      size * 0.135,
      color,
    );
    left += advance * size;
  }
}

function glyphsOf(text: string): Glyph[] {
  return Array.from(text).flatMap((sign) => glyphs[sign] ?? []);
}

function pathOf(stroke: string): Point[] {
  const path: Point[] = [];
  for (const step of stroke.split(/(?=[LC])/)) {
    const points = step.replace(/[LC]/, '').trim().split(' ').map(pointOf);
    const from = path.at(-1);
    if (from && step.startsWith('C')) path.push(...curve([from, ...points]));
    else path.push(...points);
  }
  return path;
}

function pointOf(text: string): Point {
  const [x = 0, y = 0] = text.split(',').map(Number);
  return { x, y };
}

/** Points on a cubic Bézier curve, without the first. */
function curve(control: readonly Point[]): Point[] {
  return Array.from({ length: smoothness }, (_, place) => {
    const t = (place + 1) / smoothness;
    const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    const sum = (of: (point: Point) => number): number =>
      control.reduce((total, point, index) => total + of(point) * (weights[index] ?? 0), 0);
    return { x: sum(({ x }) => x), y: sum(({ y }) => y) };
  });
}
