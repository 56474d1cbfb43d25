import type { Button, InputBlock, KnownBlock } from '@slack/types';
import { limits } from './limits';
import { linesOf, plainOf, type Line } from './lines';
import { blocksOfLines } from './rich-text';
import { isBlank, plain } from './text';

/** Part of a card on its way to blocks: still to be joined or cut where there are too many. */
export type Piece =
  | { readonly kind: 'text'; readonly at: string; readonly lines: Line[] }
  | {
      readonly kind: 'row';
      readonly at: string;
      readonly lines: readonly Line[];
      readonly accessory: Accessory;
      /** In one block, without its first line in bold. */
      readonly isWhole?: boolean;
    }
  | { readonly kind: 'header'; readonly at: string; readonly text: string }
  | { readonly kind: 'actions'; readonly at: string; readonly buttons: readonly Button[] }
  | { readonly kind: 'input'; readonly at: string; readonly block: InputBlock }
  | { readonly kind: 'image'; readonly at: string; readonly block: Picture }
  | { readonly kind: 'divider'; readonly at: string };

/** Alone or beside a text. */
export interface Picture {
  type: 'image';
  alt_text: string;
  image_url: string;
}

export type Accessory = Button | Picture;
export type PieceOf<Kind extends Piece['kind']> = Extract<Piece, { kind: Kind }>;

/** Adds a piece; a text becomes one with the text before it where `close` says so. */
export function add(pieces: Piece[], piece: Piece, close: boolean): void {
  const last = pieces.at(-1);
  if (close && last?.kind === 'text' && piece.kind === 'text') {
    for (const line of piece.lines) last.lines.push(line);
  } else {
    pieces.push(piece.kind === 'text' ? { ...piece, lines: [...piece.lines] } : piece);
  }
}

export function blocksOfPiece(piece: Piece): KnownBlock[] {
  if (piece.kind === 'text') return blocksOfLines(piece.lines);
  if (piece.kind === 'row') return blocksOfRow(piece);
  if (piece.kind === 'header') return blocksOfHeader(piece.text);
  if (piece.kind === 'actions') return blocksOfButtons(piece.buttons);
  if (piece.kind === 'divider') return [{ type: 'divider' }];
  return [piece.block];
}

/** Only rich text is bold without marks, and has nothing beside it: the name of a row stands above the rest. */
function blocksOfRow({ lines, accessory, isWhole }: PieceOf<'row'>): KnownBlock[] {
  const [name, ...rest] = lines;
  const isNamed = name !== undefined && rest.length > 0 && isWhole !== true && isBold(name);
  const text = (isNamed ? rest : lines).map(plainOf).join('\n');
  if (text.length <= limits.text && !isBlank(text)) {
    const section: KnownBlock = { type: 'section', text: plain(text, limits.text), accessory };
    return isNamed ? [...blocksOfLines([name]), section] : [section];
  }
  const below: KnownBlock[] = accessory.type === 'button' ? blocksOfButtons([accessory]) : [accessory];
  return [...blocksOfLines(lines), ...below];
}

function isBold({ runs }: Line): boolean {
  return runs[0]?.bold === true;
}

function blocksOfHeader(text: string): KnownBlock[] {
  if (text.length > limits.header) return blocksOfLines(linesOf(text, { bold: true }));
  return [{ type: 'header', text: plain(text, limits.header) }];
}

function blocksOfButtons(buttons: readonly Button[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  for (let first = 0; first < buttons.length; first += limits.actions) {
    blocks.push({ type: 'actions', elements: numbered(buttons.slice(first, first + limits.actions)) });
  }
  return blocks;
}

/** Slack refuses the same action twice in a block: the second is `users.page:2`. */
function numbered(buttons: readonly Button[]): Button[] {
  const times = new Map<string, number>();
  return buttons.map((button) => {
    const verb = button.action_id ?? '';
    const time = (times.get(verb) ?? 0) + 1;
    times.set(verb, time);
    return time === 1 ? button : { ...button, action_id: `${verb}:${time}` };
  });
}
