import { renderCsvRow } from '../domain/csv';
import type { Dialect, WrittenRow } from '../ports/tables';
import { encodeText } from './encoding';
import { isRagged } from './rows';
import { cleanText } from './text';
import { knownHeading, labelFor } from './vocabulary';

/** Bytes that are gathered before they are handed on. */
const pieceLength = 64 * 1024;

/** `WriteTable`. */
export async function* writeTable(
  dialect: Dialect,
  rows: AsyncIterable<WrittenRow>,
): AsyncGenerator<Buffer, void, undefined> {
  const layout = layoutOf(dialect);
  const render = (cells: readonly string[]) =>
    renderCsvRow(cells.map(cleanText), dialect.separator) + dialect.newline;
  let text = opening(dialect) + render(layout.headings);
  for await (const row of rows) {
    text += render(withStatus(row, layout));
    if (text.length >= pieceLength) {
      yield encodeText(text, dialect.encoding);
      text = '';
    }
  }
  yield encodeText(text, dialect.encoding);
}

function opening({ bom, encoding, sepLine, separator, versionLine, newline }: Dialect): string {
  return [
    bom && encoding !== 'windows-1252' ? '\ufeff' : '',
    sepLine ? `sep=${separator}${newline}` : '',
    versionLine ? `version:v1.0${newline}` : '',
  ].join('');
}

interface Layout {
  readonly headings: readonly string[];
  /** Columns of the upload, and those of them that every row fills. */
  readonly width: number;
  readonly named: number;
  readonly status: number;
}

function layoutOf({ headings, language, family }: Dialect): Layout {
  const width = headings.length;
  const named = headings.findLastIndex((heading) => heading !== '') + 1;
  const status = headings.findIndex((heading) => knownHeading(heading)?.field === 'statusUpdate');
  if (status !== -1) return { headings, width, named, status };
  const added = labelFor('statusUpdate', language, family);
  return { headings: [...headings, added], width, named, status: width };
}

/** A row with too few cells gets one too many: filled up alone, it would pass for a good one. */
function withStatus({ raw, status }: WrittenRow, { headings, width, named, status: at }: Layout): string[] {
  const cells = headings.map((_, column) =>
    column === at ? status : column < width ? (raw[column] ?? '') : '',
  );
  if (!isRagged(raw.length, named, width)) return cells;
  return [...cells, ...(raw.length > width ? raw.slice(width) : [''])];
}
