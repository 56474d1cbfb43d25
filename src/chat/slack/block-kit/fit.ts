import type { KnownBlock } from '@slack/types';
import { actionsJoined, rowsParted, rowsWhole, textsJoined, withoutDividers } from './fewer';
import { lighter } from './lighter';
import { limits } from './limits';
import { blocksOfPiece, type Piece } from './piece';
import type { Scene } from './scene';
import { shortened } from './shorten';

/** Left for the rest of a view: its titles, and what the door keeps in it. */
const bytesOfTheRest = 15_000;
const mostBytes = limits.viewBytes - bytesOfTheRest;

/** As many blocks and bytes as Slack takes: first what is near is joined, then texts are cut; actions stay. */
export function fit(pieces: readonly Piece[], scene: Scene): KnownBlock[] {
  const most = limits.blocks[scene.surface];
  const blocks = pieces.flatMap(blocksOfPiece);
  if (blocks.length <= most && bytesOf(blocks) <= mostBytes) return blocks;
  const few = dropped(textsCut(joined(pieces, most), most, scene), most, scene);
  return lighter(few, mostBytes, scene).flatMap(blocksOfPiece);
}

function joined(pieces: readonly Piece[], most: number): readonly Piece[] {
  let fewer = pieces;
  for (const step of [withoutDividers, rowsWhole, textsJoined, actionsJoined, rowsParted]) {
    if (countOf(fewer) <= most) break;
    fewer = step(fewer);
  }
  return fewer;
}

function countOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + blocksOfPiece(piece).length, 0);
}

function bytesOf(value: unknown): number {
  const json = JSON.stringify(value);
  return json.length * 3 <= mostBytes ? json.length : Buffer.byteLength(json);
}

/** The longest text loses its middle first. */
function textsCut(pieces: readonly Piece[], most: number, scene: Scene): readonly Piece[] {
  const fitting = [...pieces];
  const counts = fitting.map((piece) => (piece.kind === 'text' ? blocksOfPiece(piece).length : 0));
  let excess = countOf(fitting) - most;
  while (excess > 0) {
    const longest = counts.reduce((one, other) => Math.max(one, other), 0);
    const index = counts.indexOf(longest);
    const piece = fitting[index];
    if (longest <= 1 || piece?.kind !== 'text') break;
    const cut = cutTo(Math.max(longest - excess, 1), piece);
    const left = blocksOfPiece(cut).length;
    // Some texts need as many blocks when they are short: they are not tried again.
    counts[index] = left < longest ? left : 0;
    if (left >= longest) continue;
    fitting[index] = cut;
    excess -= longest - left;
    scene.warn(piece.at, 'the middle of a text is left out');
  }
  return fitting;
}

type Text = Extract<Piece, { kind: 'text' }>;

/** With so many blocks where it can be had: not every text fills its blocks. */
function cutTo(most: number, piece: Text): Text {
  const lines = piece.lines.map((line) => ({ ...line, small: false }));
  let cut = piece;
  for (let room = (most - 0.25) * limits.text; room >= limits.text / 8; room /= 2) {
    cut = { ...piece, lines: shortened(lines, room) };
    if (blocksOfPiece(cut).length <= most) break;
  }
  return cut;
}

const leastNeeded = ['divider', 'image', 'text', 'header', 'row', 'input', 'actions'] as const;

/** Where cutting is not enough: what is needed least goes, from the end. */
function dropped(pieces: readonly Piece[], most: number, scene: Scene): readonly Piece[] {
  const fitting = [...pieces];
  let excess = countOf(fitting) - most;
  for (const kind of leastNeeded) {
    for (let index = fitting.length - 1; index >= 0 && excess > 0; index -= 1) {
      const piece = fitting[index];
      if (piece?.kind !== kind) continue;
      fitting.splice(index, 1);
      excess -= blocksOfPiece(piece).length;
      scene.warn(piece.at, `left out for want of room: ${kind}`);
    }
  }
  return fitting;
}
