import { gapAfter, isolated } from './beside';
import { bold, lengthOf, linesOf, plainOf, type Line } from './lines';
import type { Run } from './markdown';
import type { Accessory, Piece, PieceOf } from './piece';

/**
 * Columns side by side. Slack has no columns: what is read goes on one line as far as it stood on one line, a single
 * button or picture stands beside the text. Columns with inputs stand one below the other.
 */
export function columnPieces(columns: readonly (readonly Piece[])[], at: string): Piece[] {
  const all = columns.flat();
  if (all.some(({ kind }) => kind === 'input')) return all;
  const lines = joined(columns.map((pieces) => pieces.flatMap(linesOfPiece)));
  const buttons = all.flatMap(buttonsOfPiece);
  const images = all.flatMap(imagesOfPiece);
  const [button] = buttons;
  if (lines.length === 0) return [...images, ...actionsOf([...buttons], at)];
  if (button && buttons.length === 1) return [rowOf(lines, button, at), ...images];
  const [image] = images;
  if (image && images.length === 1 && buttons.length === 0) return [rowOf(lines, image.block, at)];
  const text = buttons.length > 0 ? lines.map(asInRow) : lines;
  return [{ kind: 'text', at, lines: text }, ...images, ...actionsOf(buttons, at)];
}

/** The first lines of all columns on one line, then what else stands in each. */
function joined(columns: readonly (readonly Line[])[]): Line[] {
  const filled = withValuesTogether(columns.filter((lines) => lines.length > 0));
  const firsts = filled.flatMap((lines) => lines.slice(0, 1));
  const [label, ...others] = firsts;
  if (!label || others.length === 0) return filled.flat();
  const isLabel = isLabelOf(label, others);
  const parts = [isLabel ? bold(label) : label, ...others];
  const runs = parts.flatMap((line, index) => {
    const before = parts[index - 1];
    const gap =
      before === undefined ? [] : [isLabel && index === 1 ? { text: '  ' } : gapAfter(plainOf(before))];
    return [...gap, ...line.runs.map(isolated)];
  });
  const first = { runs, small: firsts.every(({ small }) => small) };
  return [first, ...filled.flatMap((lines) => lines.slice(1))];
}

function isLabelOf(label: Line, others: readonly Line[]): boolean {
  return label.small && others.some(({ small }) => !small);
}

/** Several values beside their label are a list: below it, the second would look like something of its own. */
function withValuesTogether(columns: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const [[label, ...more] = [], values] = columns;
  const [first] = values ?? [];
  if (columns.length !== 2 || !label || more.length > 0 || !first || !values) return columns;
  const isList = values.every((line) => /[^.:;,!?]$/.test(plainOf(line).trim()) && lengthOf(line) <= 60);
  if (!isList || !isLabelOf(label, values)) return columns;
  const runs = values.flatMap((line, index) => [
    ...(index > 0 ? [{ text: ', ' }] : []),
    ...line.runs.map(isolated),
  ]);
  return [[label], [{ ...first, runs }]];
}

/** As in a row with one button: there is no grey, which would make a third block of the row, and no code. */
function asInRow(line: Line): Line {
  return { ...line, small: false, runs: line.runs.map(({ code: _, ...run }): Run => run) };
}

function rowOf(lines: readonly Line[], accessory: Accessory, at: string): Piece {
  return { kind: 'row', at, lines, accessory };
}

function actionsOf(buttons: PieceOf<'actions'>['buttons'], at: string): Piece[] {
  return buttons.length === 0 ? [] : [{ kind: 'actions', at, buttons }];
}

/** In a row a colour needs no mark: the words say it. */
function linesOfPiece(piece: Piece): Line[] {
  if (piece.kind === 'header') return linesOf(piece.text, { bold: true });
  if (piece.kind !== 'text' && piece.kind !== 'row') return [];
  return piece.lines.map(({ runs, small }) => ({ runs, small }));
}

function buttonsOfPiece(piece: Piece): PieceOf<'actions'>['buttons'] {
  if (piece.kind === 'actions') return piece.buttons;
  return piece.kind === 'row' && piece.accessory.type === 'button' ? [piece.accessory] : [];
}

function imagesOfPiece(piece: Piece): PieceOf<'image'>[] {
  if (piece.kind === 'image') return [piece];
  if (piece.kind !== 'row' || piece.accessory.type === 'button') return [];
  return [{ kind: 'image', at: piece.at, block: piece.accessory }];
}
