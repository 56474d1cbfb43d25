import type { Button } from '@slack/types';
import { limits } from './limits';
import { linesOf, type Line } from './lines';
import { add, type Piece } from './piece';

export function withoutDividers(pieces: readonly Piece[]): Piece[] {
  return pieces.filter(({ kind }) => kind !== 'divider');
}

export function rowsWhole(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece) => (piece.kind === 'row' ? { ...piece, isWhole: true } : piece));
}

/** Neighbouring texts are one, and only the first heading stays one. */
export function textsJoined(pieces: readonly Piece[]): Piece[] {
  const heading = pieces.find(({ kind }) => kind === 'header');
  const joined: Piece[] = [];
  for (const piece of pieces) add(joined, piece === heading ? piece : asText(piece), true);
  return joined;
}

function asText(piece: Piece): Piece {
  if (piece.kind === 'header') {
    return { kind: 'text', at: piece.at, lines: linesOf(piece.text, { bold: true }) };
  }
  return piece.kind === 'text' ? { ...piece, lines: piece.lines.map(asMain) } : piece;
}

function asMain(line: Line): Line {
  return { ...line, small: false };
}

export function actionsJoined(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last?.kind === 'actions' && piece.kind === 'actions') {
      joined.splice(-1, 1, { ...last, buttons: [...last.buttons, ...piece.buttons] });
    } else {
      joined.push(piece);
    }
  }
  return joined;
}

/** Rows by the dozen: their texts together, and below them their buttons, which then say whom they are for. */
export function rowsParted(pieces: readonly Piece[]): Piece[] {
  const parted: Piece[] = [];
  let [lines, buttons]: [Line[], Button[]] = [[], []];
  let at = '';
  const flush = (): void => {
    if (lines.length > 0) parted.push({ kind: 'text', at, lines });
    if (buttons.length > 0) parted.push({ kind: 'actions', at, buttons });
    [lines, buttons] = [[], []];
  };
  for (const piece of pieces) {
    const own = piece.kind === 'actions' ? piece.buttons : buttonOf(piece);
    if (buttons.length + own.length > limits.actions) flush();
    if (piece.kind === 'text' || piece.kind === 'actions' || own.length > 0) {
      if (lines.length + buttons.length === 0) at = piece.at;
      buttons.push(...own);
      if (piece.kind === 'text' || piece.kind === 'row') lines.push(...piece.lines.map(asMain));
    } else {
      flush();
      parted.push(piece);
    }
  }
  flush();
  return parted;
}

function buttonOf(piece: Piece): Button[] {
  if (piece.kind !== 'row' || piece.accessory.type !== 'button') return [];
  const { accessibility_label: label, ...button } = piece.accessory;
  return [label === undefined ? button : { ...button, text: { ...button.text, text: label } }];
}
