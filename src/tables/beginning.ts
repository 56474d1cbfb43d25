import type { TableNewline, TableSeparator } from '../ports/tables';
import { cleanText } from './text';

/** What stands before the first row of a CSV. */
export interface Beginning {
  /** Of the `sep=` line; null without one. */
  readonly separator: TableSeparator | null;
  readonly versionLine: boolean;
  readonly newline: TableNewline;
  /** The record of the headings, cleaned; null when there is none. */
  readonly headings: string | null;
  /** The line on which they begin. */
  readonly line: number;
  /** What comes after it, as it was. */
  readonly rest: string;
  /** The line on which the rest begins. */
  readonly restLine: number;
}

const sepLine = /^"?sep=([,;\t|])[\s,;|"]*$/i;
const versionLine = /^"?version:v?\d+(?:\.\d+)*[\s,;|"]*$/i;
const blankLine = /^[\s,;|"]*$/;

/** Null: the text is too short to tell. `whole` says that no more will come. */
export function readBeginning(text: string, whole: boolean): Beginning | null {
  let separator: TableSeparator | null = null;
  let hasVersion = false;
  let newline: TableNewline | null = null;
  let line = 1;
  for (let at = 0; at < text.length;) {
    const end = lineEnd(text, at, whole);
    if (end === null) return null;
    newline ??= end.newline;
    const content = cleanText(text.slice(at, end.at));
    const sep = isSeparator(sepLine.exec(content)?.[1]);
    const isVersion = versionLine.test(content);
    if (sep === null && !isVersion && !blankLine.test(content)) {
      const record = headingEnd(text, at, whole);
      if (record === null) return null;
      const headings = cleanText(text.slice(at, record.at));
      const restLine = line + headings.split('\n').length;
      const rest = text.slice(record.next);
      return {
        ...{ separator, versionLine: hasVersion, headings, line, rest, restLine },
        newline: record.newline ?? newline ?? '\r\n',
      };
    }
    separator ??= sep;
    hasVersion ||= isVersion;
    at = end.next;
    line += 1;
  }
  if (!whole) return null;
  const nothing = { headings: null, rest: '', line, restLine: line };
  return { separator, versionLine: hasVersion, newline: '\r\n', ...nothing };
}

interface End {
  readonly at: number;
  readonly next: number;
  readonly newline: TableNewline | null;
}

function lineEnd(text: string, from: number, whole: boolean): End | null {
  const ends = /\r\n?|\n/g;
  ends.lastIndex = from;
  return endAt(text, ends.exec(text), whole);
}

/** A line may end within a quoted heading. A quote that is never closed is none. */
function headingEnd(text: string, from: number, whole: boolean): End | null {
  const parts = /"|\r\n?|\n/g;
  parts.lastIndex = from;
  let isQuoted = false;
  for (let part = parts.exec(text); part !== null; part = parts.exec(text)) {
    if (part[0] === '"') isQuoted = !isQuoted;
    else if (!isQuoted) return endAt(text, part, whole);
  }
  return isQuoted && whole ? lineEnd(text, from, whole) : endAt(text, null, whole);
}

function endAt(text: string, found: RegExpExecArray | null, whole: boolean): End | null {
  if (found === null) return whole ? { at: text.length, next: text.length, newline: null } : null;
  const next = found.index + found[0].length;
  // The rest of a CRLF may be on its way.
  if (found[0] === '\r' && next === text.length && !whole) return null;
  const newline = found[0] === '\n' ? '\n' : found[0] === '\r' ? '\r' : '\r\n';
  return { at: found.index, next, newline };
}

function isSeparator(text: string | undefined): TableSeparator | null {
  return text === ',' || text === ';' || text === '\t' || text === '|' ? text : null;
}
