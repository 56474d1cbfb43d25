import type { KnownBlock, ModalView } from '@slack/types';
import { isRecord } from '../is-record';
import type { IncomingView } from './envelope';

const mostBlocks = 100;
/** Between a notice and the form below it. */
const line = 'door.form';

type Node = Readonly<Record<string, unknown>>;

/**
 * A form that was sent, as it stood when it was sent, below a notice: nothing that was typed is lost. Null where both
 * do not fit, or where the view cannot be read.
 */
export function restored(view: IncomingView, notice: ModalView): ModalView | null {
  const values = isRecord(view.state?.values) ? view.state.values : {};
  const form = withoutNotice(view.blocks).map((block) => withTyped(block, values));
  const blocks = [...notice.blocks, { type: 'divider' as const, block_id: line }, ...form];
  if (!view.submit || blocks.length > mostBlocks || !blocks.every(isBlock)) return null;
  return {
    type: 'modal',
    title: view.title ?? notice.title,
    submit: view.submit,
    ...(view.close ? { close: view.close } : {}),
    ...(view.callback_id ? { callback_id: view.callback_id } : {}),
    private_metadata: view.private_metadata ?? '',
    blocks,
  };
}

/** A form can be refused again and again. */
function withoutNotice(blocks: readonly unknown[]): readonly unknown[] {
  return blocks.slice(blocks.findIndex((block) => isRecord(block) && block['block_id'] === line) + 1);
}

/** Slack accepted it from us before. */
function isBlock(value: unknown): value is KnownBlock {
  return isRecord(value) && typeof value['type'] === 'string';
}

function withTyped(block: unknown, values: Node): unknown {
  if (!isRecord(block) || block['type'] !== 'input' || typeof block['block_id'] !== 'string') return block;
  const state = values[block['block_id']];
  const { element } = block;
  if (!isRecord(element) || !isRecord(state)) return block;
  const typed = state[String(element['action_id'])];
  return isRecord(typed) ? { ...block, element: { ...withoutInitial(element), ...initialOf(typed) } } : block;
}

function withoutInitial(element: Node): Node {
  return Object.fromEntries(Object.entries(element).filter(([name]) => !name.startsWith('initial_')));
}

/** `selected_date` begins as `initial_date`, and so on; nothing chosen begins as nothing. */
function initialOf(typed: Node): Node {
  const initial = Object.entries(typed).flatMap(([name, value]): [string, unknown][] => {
    const isNothing = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (isNothing) return [];
    if (name === 'value') return [['initial_value', value]];
    return name.startsWith('selected_') ? [[name.replace('selected_', 'initial_'), value]] : [];
  });
  return Object.fromEntries(initial);
}
