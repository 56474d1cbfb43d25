import { longestRecord } from '../ports/tables';
import { unguardCell } from '../domain/csv';

const controls = /[^\P{Cc}\t\n]/gu;

/** Every end of a line is `\n`; other control characters are left out. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(controls, '');
}

/**
 * The same for text in pieces. It ends early in a line that no record may be as long as: what reads it finds a
 * record too long and stops, and nothing of the rest is held in memory.
 */
export async function* cleanPieces(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let held = '';
  let lineLength = 0;
  for await (const piece of pieces) {
    const text = held + piece;
    held = text.endsWith('\r') ? '\r' : '';
    const clean = cleanText(held === '' ? text : text.slice(0, -1));
    const lastEnd = clean.lastIndexOf('\n');
    lineLength = lastEnd === -1 ? lineLength + clean.length : clean.length - lastEnd - 1;
    if (clean !== '') yield clean;
    if (lineLength > 2 * longestRecord) return;
  }
  if (held !== '') yield '\n';
}

/** A cell without stray blanks, and without the apostrophe that we put before it when we wrote it. */
export function tidyCell(text: string): string {
  return unguardCell(text.trim()).trim();
}
