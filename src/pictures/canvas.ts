/** Asked millions of times for one picture: as locals they are found at once. */
const { abs, ceil, floor, hypot, max, min, round } = Math;

/** Red, green, blue. */
export type Color = readonly [number, number, number];
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** How far a point lies outside a shape, in pixels; negative inside. */
type Distance = (x: number, y: number) => number;

/** Pixels to draw on with smooth edges; transparent where nothing was drawn. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha, row by row. */
  readonly pixels: Uint8Array;
  roundedBox(box: Box, radius: number, color: Color): void;
  /** Lines from point to point with round ends. */
  lines(paths: readonly (readonly Point[])[], thickness: number, color: Color): void;
}

export function createCanvas(width: number, height: number): Canvas {
  const pixels = new Uint8Array(width * height * 4);

  const blend = (at: number, color: Color, opacity: number): void => {
    const below = (pixels[at + 3] ?? 0) / 255;
    const alpha = opacity + below * (1 - opacity);
    for (let channel = 0; channel < 3; channel += 1) {
      const under = (pixels[at + channel] ?? 0) * below * (1 - opacity);
      pixels[at + channel] = round(((color[channel] ?? 0) * opacity + under) / alpha);
    }
    pixels[at + 3] = round(alpha * 255);
  };

  const fill = ({ x, y, ...size }: Box, distance: Distance, color: Color): void => {
    const right = min(width, ceil(x + size.width) + 1);
    const bottom = min(height, ceil(y + size.height) + 1);
    for (let row = max(0, floor(y) - 1); row < bottom; row += 1) {
      for (let column = max(0, floor(x) - 1); column < right; column += 1) {
        const opacity = min(1, max(0, 0.5 - distance(column + 0.5, row + 0.5)));
        if (opacity > 0) blend((row * width + column) * 4, color, opacity);
      }
    }
  };

  return {
    width,
    height,
    pixels,
    roundedBox(box, radius, color) {
      fill(box, toRoundedBox(box, radius), color);
    },
    lines(paths, thickness, color) {
      if (paths.length > 0) fill(around(paths.flat(), thickness), toLines(paths, thickness), color);
    },
  };
}

function toRoundedBox(box: Box, radius: number): Distance {
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const corner = min(radius, box.width / 2, box.height / 2);
  return (x, y) => {
    const across = abs(x - middle.x) - box.width / 2 + corner;
    const down = abs(y - middle.y) - box.height / 2 + corner;
    return hypot(max(across, 0), max(down, 0)) + min(max(across, down), 0) - corner;
  };
}

function toLines(paths: readonly (readonly Point[])[], thickness: number): Distance {
  const pieces = paths.flatMap((path) =>
    path.map((from, place) => ({ from, to: path[place + 1] ?? from })).slice(0, max(1, path.length - 1)),
  );
  return (x, y) => {
    let nearest = Infinity;
    for (const { from, to } of pieces) nearest = min(nearest, toLine(x, y, from, to));
    return nearest - thickness / 2;
  };
}

function toLine(x: number, y: number, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : min(1, max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return hypot(x - from.x - along * dx, y - from.y - along * dy);
}

function around(points: readonly Point[], thickness: number): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, top] = [min(...xs) - thickness, min(...ys) - thickness];
  return {
    x: left,
    y: top,
    width: max(...xs) + thickness - left,
    height: max(...ys) + thickness - top,
  };
}
