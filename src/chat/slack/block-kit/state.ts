import { inputIdOf, partOf, type ShownInput } from './input-id';
import { isNode, textOf, type Node } from './node';

export type { ShownInput } from './input-id';
export { readPress, type Press } from './press';

export interface ReadState {
  /** By the input's id; several comma-joined. */
  readonly values: Readonly<Record<string, string>>;
  readonly shown: readonly ShownInput[];
}

interface ReadInput extends ShownInput {
  readonly typed: boolean;
}

/** What stands in the inputs of a view or message, from `state.values`, which is not to be trusted. */
export function readState(values: unknown): ReadState {
  const inputs = Object.entries(isNode(values) ? values : {}).flatMap(([blockId, elements]) => {
    const element = isNode(elements) ? elements.value : undefined;
    return isNode(element) ? [inputOf(blockId, element)] : [];
  });
  return {
    values: together(inputs),
    shown: inputs.map(({ id, blockId, value }) => ({ id, blockId, value })),
  };
}

function inputOf(blockId: string, element: Node): ReadInput {
  const typed = element.type === 'plain_text_input';
  return { id: inputIdOf(blockId), blockId, value: valueIn(element), typed };
}

/** The parts of an input are one again, in their order. */
function together(inputs: readonly ReadInput[]): Record<string, string> {
  const parts = new Map<string, ReadInput[]>();
  for (const input of inputs) parts.set(input.id, [...(parts.get(input.id) ?? []), input]);
  return Object.fromEntries(
    [...parts].map(([id, some]) => {
      const ordered = some.sort((one, other) => partOf(one.blockId) - partOf(other.blockId));
      const filled = ordered.map(({ value }) => value).filter((value) => value !== '');
      return [id, filled.join(ordered.every(({ typed }) => typed) ? '\n' : ',')];
    }),
  );
}

function valueIn(element: Node): string {
  if (isNode(element.selected_option)) return textOf(element.selected_option, 'value');
  if (Array.isArray(element.selected_options)) {
    return element.selected_options.flatMap((one) => (isNode(one) ? [textOf(one, 'value')] : [])).join(',');
  }
  const names = ['value', 'selected_date', 'selected_time'];
  return names.map((name) => textOf(element, name)).find((text) => text !== '') ?? '';
}
