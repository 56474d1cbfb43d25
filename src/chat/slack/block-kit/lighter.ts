import type {
  InputBlock,
  InputBlockElement,
  MultiStaticSelect,
  PlainTextOption,
  StaticSelect,
} from '@slack/types';
import { limits } from './limits';
import { lengthOf, type Line } from './lines';
import { groupsOf } from './options';
import { blocksOfPiece, type Piece } from './piece';
import type { Scene } from './scene';
import { shortened } from './shorten';

/** So many bytes and no more: what weighs most loses half, until the whole is light enough. */
export function lighter(pieces: readonly Piece[], most: number, scene: Scene): readonly Piece[] {
  const light = [...pieces];
  const weights = light.map(weightOf);
  let weight = weights.reduce((sum, one) => sum + one, 0);
  while (weight > most) {
    const index = weights.indexOf(Math.max(...weights));
    const piece = light[index];
    if (!piece || weights[index] === 0) break;
    const half = halfOf(piece, scene);
    const halfWeight = half ? weightOf(half) : 0;
    // What cannot be halved stays, and is not asked again.
    if (half) weight -= (weights[index] ?? 0) - halfWeight;
    weights[index] = halfWeight;
    if (half) light.splice(index, 1, half);
  }
  return light;
}

function weightOf(piece: Piece): number {
  return Buffer.byteLength(JSON.stringify(blocksOfPiece(piece)));
}

function halfOf(piece: Piece, scene: Scene): Piece | null {
  if (piece.kind === 'text' || piece.kind === 'row') {
    const length = sizeOf(piece.lines);
    if (length < 100) return null;
    scene.warn(piece.at, 'the middle of a text is left out');
    return { ...piece, lines: shortened(piece.lines, length / 2) };
  }
  if (piece.kind !== 'input') return null;
  const element = withHalfOf(piece.block.element);
  if (!element) return null;
  scene.warn(piece.at, 'choices in the middle of a list are left out');
  const block: InputBlock = { ...piece.block, element };
  return { ...piece, block };
}

function sizeOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + lengthOf(line), 0);
}

/** A list without its middle; what is chosen stays in it. */
function withHalfOf(element: InputBlockElement): InputBlockElement | null {
  if (element.type !== 'static_select' && element.type !== 'multi_static_select') return null;
  const all = [
    ...(element.options ?? []),
    ...(element.option_groups ?? []).flatMap(({ options }) => options),
  ];
  const chosen = new Set(chosenIn(element).map(({ value }) => value));
  const quarter = Math.floor(all.length / 4);
  const some = all.filter(
    (option, index) => index < quarter || index >= all.length - quarter || chosen.has(option.value),
  );
  if (some.length === 0 || some.length === all.length) return null;
  const { options: _, option_groups: __, ...rest } = element;
  return some.length > limits.options
    ? { ...rest, option_groups: groupsOf(some) }
    : { ...rest, options: some };
}

function chosenIn(element: StaticSelect | MultiStaticSelect): readonly PlainTextOption[] {
  if (element.type === 'multi_static_select') return element.initial_options ?? [];
  return element.initial_option ? [element.initial_option] : [];
}
