import type { Button, InputBlock, KnownBlock, ModalView, PlainTextElement } from '@slack/types';
import { asNode, nodesOf, textOf, type Node } from './node';
import { dataOf, takesInputs, valueOf } from './press';
import type { ShownInput } from './state';

export type Surface = 'message' | 'home';

/** A downgrade or a cut that the reader may miss; `at` is a path in the card. Never holds the card's data. */
export interface Warning {
  readonly at: string;
  readonly what: string;
}

export interface ModalWords {
  readonly title: string;
  /** Where a card has inputs but no action that takes them. */
  readonly submit: string;
  readonly close: string;
}

export interface Modal {
  /** Without private_metadata, which is the door's. callback_id is the submit action's verb. */
  readonly view: Omit<ModalView, 'private_metadata'>;
  /** The action behind the view's submit button; null where the view has none. */
  readonly submit: { readonly verb: string; readonly data: object; readonly takesInputs: boolean } | null;
  readonly warnings: readonly Warning[];
}

export interface Blocks {
  readonly blocks: readonly KnownBlock[];
  readonly warnings: readonly Warning[];
}

export function toBlocks(card: object, _surface: Surface): Blocks {
  const root = asNode(card) ?? {};
  const blocks = [...nodesOf(root, 'body').flatMap(blocksOf), ...actionsBlock(nodesOf(root, 'actions'))];
  return { blocks: blocks.slice(0, 50), warnings: [] };
}

export function toModal(card: object, words: ModalWords, _shown: readonly ShownInput[] = []): Modal {
  const root = asNode(card) ?? {};
  const actions = nodesOf(root, 'actions');
  const takers = actions.filter((action) => action.type === 'Action.Execute' && takesInputs(action));
  const chosen = takers.find((action) => action.style === 'positive') ?? takers[0];
  const rest = actions.filter((action) => action !== chosen);
  const blocks = [...nodesOf(root, 'body').flatMap(blocksOf), ...actionsBlock(rest)].slice(0, 100);
  const submit = chosen ? { verb: textOf(chosen, 'verb'), data: dataOf(chosen), takesInputs: true } : null;
  const submitText = chosen ? textOf(chosen, 'title') : hasInputs(card) ? words.submit : null;
  return {
    view: {
      type: 'modal',
      title: plain(words.title, 24),
      close: plain(words.close, 24),
      ...(submitText === null ? {} : { submit: plain(submitText, 24) }),
      ...(submit ? { callback_id: submit.verb } : {}),
      blocks: [...blocks],
    },
    submit,
    warnings: [],
  };
}

export function hasInputs(card: object): boolean {
  return Object.values(card).some(holdsInput);
}

function holdsInput(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsInput);
  const node = asNode(value);
  if (node === null || node.isVisible === false) return false;
  return textOf(node, 'type').startsWith('Input.') || Object.values(node).some(holdsInput);
}

function blocksOf(node: Node): KnownBlock[] {
  const type = textOf(node, 'type');
  if (type === 'TextBlock') return section(textOf(node, 'text'));
  if (type === 'RichTextBlock') {
    return section(
      nodesOf(node, 'inlines')
        .map((run) => textOf(run, 'text'))
        .join(''),
    );
  }
  if (type === 'ActionSet') return actionsBlock(nodesOf(node, 'actions'));
  if (type.startsWith('Input.')) return [input(node)];
  return [...nodesOf(node, 'items'), ...nodesOf(node, 'columns')].flatMap(blocksOf);
}

function section(text: string): KnownBlock[] {
  return text === '' ? [] : [{ type: 'section', text: plain(text, 3000) }];
}

function actionsBlock(actions: readonly Node[]): KnownBlock[] {
  if (actions.length === 0) return [];
  return [{ type: 'actions', elements: actions.map(button) }];
}

function button(action: Node, index: number): Button {
  const verb = textOf(action, 'verb');
  const text = plain(textOf(action, 'title'), 75);
  return { type: 'button', action_id: `${verb}:${index}`, text, value: valueOf(action) };
}

function input(node: Node): InputBlock {
  const value = textOf(node, 'value');
  return {
    type: 'input',
    block_id: textOf(node, 'id'),
    optional: true,
    label: plain(textOf(node, 'label'), 2000),
    element: {
      type: 'plain_text_input',
      action_id: 'value',
      ...(value === '' ? {} : { initial_value: value }),
    },
  };
}

function plain(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: text.slice(0, most) || '-', emoji: false };
}
