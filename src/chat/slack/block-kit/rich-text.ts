import type { ContextBlock, RichTextBlock, RichTextElement } from '@slack/types';
import { limits } from './limits';
import { lengthOf, plainOf, type Line } from './lines';
import type { Run } from './markdown';
import { piecesOf, plain } from './text';

const marks = { warning: '⚠️ ', good: '✅ ' } as const;

/** Lines as blocks: what is secondary as context, all else as rich text, where marks in people's data mean nothing. */
export function blocksOfLines(lines: readonly Line[]): (RichTextBlock | ContextBlock)[] {
  return stretchesOf(lines).flatMap((stretch) =>
    chunksOf(stretch).map((chunk) => (isSmall(chunk[0]) ? contextOf(chunk) : richTextOf(chunk))),
  );
}

/** No lines that are too long for a block. */
export function shortLinesOf(line: Line): Line[] {
  if (lengthOf(line) <= limits.text) return [line];
  return line.runs.flatMap((run) =>
    piecesOf(run.text, limits.text - 100).map((text) => ({ ...line, runs: [{ ...run, text }] })),
  );
}

function isSmall(line: Line | undefined): boolean {
  if (!line?.small || line.mark) return false;
  return line.runs.every(({ link }) => link === undefined);
}

function stretchesOf(lines: readonly Line[]): Line[][] {
  const stretches: Line[][] = [];
  for (const line of lines) {
    const open = stretches.at(-1);
    if (open && isSmall(open[0]) === isSmall(line)) open.push(line);
    else stretches.push([line]);
  }
  return stretches;
}

function chunksOf(stretch: readonly Line[]): Line[][] {
  const chunks: Line[][] = [];
  let room = 0;
  for (const line of stretch.flatMap(shortLinesOf)) {
    const length = lengthOf(line) + (line.mark ? marks[line.mark].length : 0);
    const open = chunks.at(-1);
    if (open && length <= room) open.push(line);
    else chunks.push([line]);
    room = (open && length <= room ? room : limits.text) - length;
  }
  return chunks;
}

function contextOf(lines: readonly Line[]): ContextBlock {
  return { type: 'context', elements: [plain(lines.map(plainOf).join('\n'), limits.text)] };
}

function richTextOf(lines: readonly Line[]): RichTextBlock {
  const runs: Run[] = [];
  lines.forEach((line, index) => {
    const before = `${index > 0 ? '\n' : ''}${line.mark ? marks[line.mark] : ''}`;
    if (before !== '') add(runs, { text: before });
    for (const run of line.runs) add(runs, run);
  });
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: runs.map(elementOf) }] };
}

/** Unstyled neighbours are one. */
function add(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last && isUnstyled(last) && isUnstyled(run)) runs[runs.length - 1] = { text: last.text + run.text };
  else runs.push(run);
}

function isUnstyled({ bold, italic, strike, code, link }: Run): boolean {
  return !bold && !italic && !strike && !code && link === undefined;
}

function elementOf({ text, link, ...style }: Run): RichTextElement {
  const styled = isUnstyled({ text, ...style }) ? {} : { style };
  return link === undefined
    ? { type: 'text', text, ...styled }
    : { type: 'link', url: link, text, ...styled };
}
