import type { KnownBlock, ModalView } from '@slack/types';
import { isExecute, isShown } from './actions';
import { fit } from './fit';
import { limits } from './limits';
import { asNode, isNode, nodesOf, textOf, type Node } from './node';
import { dataOf, takesInputs } from './press';
import type { Scene, Warning } from './scene';
import type { ShownInput } from './input-id';
import type { AnySurface, Surface } from './surface';
import { plain } from './text';
import { piecesOfCard } from './walk';

export type { ShownInput } from './input-id';
export type { Warning } from './scene';
export type { Surface } from './surface';

export interface ModalWords {
  /** Of the view, 24 characters. */
  readonly title: string;
  /** Where a card has inputs but no action that takes them. */
  readonly submit: string;
  readonly close: string;
}

export interface Modal {
  /** Without private_metadata, which is the door's. callback_id is the submit action's verb. */
  readonly view: Omit<ModalView, 'private_metadata' | 'blocks'> & { blocks: KnownBlock[] };
  /** The action behind the view's submit button; null where the view has none. */
  readonly submit: { readonly verb: string; readonly data: object; readonly takesInputs: boolean } | null;
  readonly warnings: readonly Warning[];
}

export interface Blocks {
  readonly blocks: readonly KnownBlock[];
  readonly warnings: readonly Warning[];
}

/** An Adaptive Card as the blocks of a message or of the home tab. */
export function toBlocks(card: object, surface: Surface, shown: readonly ShownInput[] = []): Blocks {
  return convert(card, { surface, shown, submit: null });
}

/** An Adaptive Card as a modal; `shown` is what stands in the view that it replaces. */
export function toModal(card: object, words: ModalWords, shown: readonly ShownInput[] = []): Modal {
  const chosen = hasInputs(card) ? submitOf(card) : null;
  const { blocks: all, warnings } = convert(card, { surface: 'modal', shown, submit: chosen });
  const blocks = withoutTitle(all, words.title);
  const needsSubmit = chosen !== null || blocks.some(({ type }) => type === 'input');
  const title = chosen ? textOf(chosen, 'title') : words.submit;
  const cuts =
    needsSubmit && title.length > limits.modalButton
      ? [{ at: '/actions', what: 'the title of the submit button is cut' }]
      : [];
  return {
    view: {
      type: 'modal',
      title: plain(words.title, limits.modalTitle),
      close: plain(words.close, limits.modalButton),
      ...(needsSubmit ? { submit: plain(title, limits.modalButton) } : {}),
      ...(chosen ? { callback_id: textOf(chosen, 'verb') } : {}),
      blocks: blocks.length > 0 ? [...blocks] : [{ type: 'divider' }],
    },
    submit: chosen ? { verb: textOf(chosen, 'verb'), data: dataOf(chosen), takesInputs: true } : null,
    warnings: [...warnings, ...cuts],
  };
}

/** What stands above the view already is not said again in it. */
function withoutTitle(blocks: readonly KnownBlock[], title: string): readonly KnownBlock[] {
  const index = blocks.findIndex(({ type }) => type === 'header');
  const heading = blocks[index];
  if (heading?.type !== 'header' || heading.text.text !== title || title.length > limits.modalTitle)
    return blocks;
  return blocks.length === 1 ? blocks : blocks.toSpliced(index, 1);
}

export function hasInputs(card: object): boolean {
  return first(card, (node) => textOf(node, 'type').startsWith('Input.')) !== null;
}

function convert(
  card: object,
  how: { surface: AnySurface; shown: readonly ShownInput[]; submit: Node | null },
): Blocks {
  const warnings: Warning[] = [];
  const warn: Scene['warn'] = (at, what) => {
    warnings.push({ at, what });
  };
  const scene: Scene = { ...how, inputIds: new Set(), warn };
  return { blocks: fit(piecesOfCard(asNode(card) ?? {}, scene), scene), warnings };
}

/** What the view's own button does: the card's main action that takes the inputs, or the first one that does. */
function submitOf(card: object): Node | null {
  const root = asNode(card) ?? {};
  const main = nodesOf(root, 'actions').find((action) => isTaker(action) && action.style === 'positive');
  return main ?? first(root.body, isTaker) ?? first(root.actions, isTaker);
}

function isTaker(action: Node): boolean {
  return isExecute(action) && takesInputs(action) && action.isEnabled !== false;
}

/** The first object that stands in a card, seen from the top, for which that is true. */
function first(card: unknown, isIt: (node: Node) => boolean): Node | null {
  const open: unknown[] = [card];
  while (open.length > 0) {
    const next = open.pop();
    if (isNode(next) && isShown(next)) {
      if (isIt(next)) return next;
      for (const name of Object.keys(next).reverse()) if (!leaves.has(name)) open.push(next[name]);
    } else if (Array.isArray(next)) {
      for (const item of next.toReversed()) open.push(item);
    }
  }
  return null;
}

/** Where no element stands. */
const leaves = new Set(['data', 'choices', 'inlines', 'facts']);
