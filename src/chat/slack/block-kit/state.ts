import { isNode, textOf, type Node } from './node';

export { readPress, type Press } from './press';

/** An input as the open view shows it: its block's id and what stands in it now ('' for nothing, several comma-joined). */
export interface ShownInput {
  readonly id: string;
  readonly blockId: string;
  readonly value: string;
}

export interface ReadState {
  /** By the input's id; several comma-joined. */
  readonly values: Readonly<Record<string, string>>;
  readonly shown: readonly ShownInput[];
}

/** What stands in the inputs of a view or message, from `state.values`, which is not to be trusted. */
export function readState(values: unknown): ReadState {
  const shown = Object.entries(isNode(values) ? values : {}).flatMap(([blockId, elements]) => {
    const element = isNode(elements) ? elements.value : undefined;
    return isNode(element) ? [{ id: inputIdOf(blockId), blockId, value: valueIn(element) }] : [];
  });
  const together = new Map<string, string[]>();
  for (const { id, value } of shown) {
    const known = together.get(id) ?? [];
    together.set(id, value === '' ? known : [...known, value]);
  }
  return { values: Object.fromEntries([...together].map(([id, list]) => [id, list.join(',')])), shown };
}

/** `userIds:2~1` is a part of `userIds`. */
export function inputIdOf(blockId: string): string {
  return blockId.replace(/~\d+$/, '').replace(/:\d+$/, '');
}

function valueIn(element: Node): string {
  if (isNode(element.selected_option)) return textOf(element.selected_option, 'value');
  if (Array.isArray(element.selected_options)) {
    return element.selected_options.flatMap((one) => (isNode(one) ? [textOf(one, 'value')] : [])).join(',');
  }
  return ['value', 'selected_date', 'selected_time'].map((name) => textOf(element, name)).find(Boolean) ?? '';
}
