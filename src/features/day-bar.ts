import type { CardData } from '../ports/card';

/** One pixel of each color as a PNG, to be stretched into a bar. */
const pixels = {
  attention: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4YugNAAL9AUEFBJsIAAAAAElFTkSuQmCC',
  warning: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4WMUAAAM7ATwA1x8pAAAAAElFTkSuQmCC',
  good: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPQq/UHAAHXAPtTUT2EAAAAAElFTkSuQmCC',
  rest: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPYsecAAARkAjVWmjJuAAAAAElFTkSuQmCC',
} as const;

/** Pixels for each day. */
const dayWidth = 4;

/** How many of `all` days are left, as two strips: those that are left and those that are gone. */
export function dayBar(days: number, all: number): CardData {
  const left = Math.min(Math.max(days, 1), all);
  return {
    bar: [strip(left <= 3 ? 'attention' : left <= 7 ? 'warning' : 'good', left)],
    rest: left < all ? [strip('rest', all - left)] : [],
  };
}

function strip(color: keyof typeof pixels, days: number): CardData {
  return { url: `data:image/png;base64,${pixels[color]}`, width: `${days * dayWidth}px` };
}
