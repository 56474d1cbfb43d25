import { createPictures } from '../../src/pictures/timeline';
import type { Timeline } from '../../src/ports/pictures';
import { readPng, type Png } from '../support/png';

const days = Array.from({ length: 30 }, (_, day) => `${String((day + 8) % 31).padStart(2, '0')}/12`);
const urgent = 'c42b23';
const soon = 'd8850c';
const calm = '0f767d';

const draw = (changes: Partial<Timeline> = {}) =>
  createPictures().timeline({ days, counts: days.map(() => 0), marks: [], ...changes });
const countsOf = (counts: Readonly<Record<number, number>>) => days.map((_, day) => counts[day] ?? 0);
const areaOf = ({ pixels }: Png, wanted: string) => pixels.filter(({ color }) => color === wanted).length;

describe('The time line', () => {
  it('is a PNG that every chat can show', async () => {
    const file = await draw();
    expect(file.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    const { width, height } = readPng(file);
    expect(Math.max(width, height)).toBeLessThanOrEqual(1024);
    expect(file.length).toBeLessThan(100_000);
  });

  it('stands on a ground of its own, so that it can be read in a dark chat and in a light one', async () => {
    const { pixels, width, height } = readPng(await draw());
    const middle = pixels[(height / 2) * width + width / 2]!;
    expect(middle).toEqual({ color: 'f7f9fa', alpha: 255 });
    expect(pixels[0]!.alpha).toBe(0);
  });

  it('is the same picture for the same numbers, and another one for others', async () => {
    const marks = [{ day: 2, label: '1' }];
    const pictures = await Promise.all([
      draw({ counts: countsOf({ 2: 1 }), marks }),
      draw({ counts: countsOf({ 2: 1 }), marks }),
      draw({ counts: countsOf({ 2: 2 }), marks }),
      draw({ counts: countsOf({ 3: 1 }), marks }),
      draw({ counts: countsOf({ 2: 1 }), marks: [{ day: 2, label: '2' }] }),
      draw({ counts: countsOf({ 2: 1 }), marks, days: [...days].reverse() }),
    ]);
    const different = new Set(pictures.map((file) => file.toString('base64')));
    expect(pictures[0]).toEqual(pictures[1]);
    expect(different.size).toBe(5);
  });

  it.each([
    [0, 3, urgent],
    [4, 7, soon],
    [8, 29, calm],
  ])('shows in their colour how urgent the days from %i to %i are', async (first, last, color) => {
    const picture = readPng(await draw({ counts: countsOf({ [first]: 1, [last]: 1 }) }));
    const others = [urgent, soon, calm].filter((one) => one !== color);
    expect(areaOf(picture, color)).toBeGreaterThan(400);
    expect(others.map((other) => areaOf(picture, other))).toEqual([0, 0]);
  });

  it('has a higher bar for more', async () => {
    const picture = readPng(await draw({ counts: countsOf({ 1: 5, 4: 1, 9: 50 }) }));
    expect(areaOf(picture, calm)).toBeGreaterThan(2 * areaOf(picture, urgent));
    expect(areaOf(picture, urgent)).toBeGreaterThan(areaOf(picture, soon));
  });

  it.each<[string, Partial<Timeline>]>([
    ['of nothing', { days: [], counts: [] }],
    ['of a hundred thousand a day', { counts: days.map(() => 100_000) }],
    ['of a mark a day', { marks: days.map((_, day) => ({ day, label: String(day + 1) })) }],
    ['of one day', { marks: days.map((_, row) => ({ day: 29, label: String(row) })) }],
    ['in signs it has no figures for', { days: days.map(() => '٢٢ nov.') }],
  ])('can be drawn %s', async (_, timeline) => {
    expect((await draw(timeline)).readUInt32BE(16)).toBe(1000);
  });
});
