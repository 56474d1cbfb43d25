import type { InputBlockElement, PlainTextOption } from '@slack/types';
import type { InputPart } from './input-part';
import { limits } from './limits';
import { textOf, type Node } from './node';
import { groupsOf, optionsOf, type OptionGroup } from './options';
import type { Scene } from './scene';
import { placeholderOf } from './typed';

/** One of several, or some of several. */
export function choiceParts(node: Node, at: string, scene: Scene): InputPart[] {
  const options = optionsOf(node, at, scene);
  if (options.length === 0) {
    scene.warn(at, 'an input without choices is left out');
    return [];
  }
  return node.isMultiSelect === true ? severalOf(node, options) : [oneOf(node, options)];
}

function oneOf(node: Node, options: PlainTextOption[]): InputPart {
  const chosen = options.find(({ value }) => value === textOf(node, 'value'));
  const initial = chosen ? { initial_option: chosen } : {};
  const value = chosen?.value ?? '';
  if (node.style === 'expanded' && options.length <= limits.checkboxes) {
    return { element: { type: 'radio_buttons', action_id: 'value', options, ...initial }, value };
  }
  return {
    element: {
      type: 'static_select',
      action_id: 'value',
      ...placeholderOf(node),
      ...listOf(options),
      ...initial,
    },
    value,
  };
}

function severalOf(node: Node, options: PlainTextOption[]): InputPart[] {
  const wanted = new Set(textOf(node, 'value').split(','));
  const chosen = options.filter(({ value }) => wanted.has(value ?? ''));
  if (node.style === 'expanded' && options.length <= limits.options) {
    return boxesOf(options, chosen);
  }
  const element: InputBlockElement = {
    type: 'multi_static_select',
    action_id: 'value',
    ...placeholderOf(node),
    ...listOf(options),
    ...(chosen.length > 0 ? { initial_options: chosen } : {}),
  };
  return [{ element, value: valuesOf(chosen), several: true }];
}

function boxesOf(options: readonly PlainTextOption[], chosen: readonly PlainTextOption[]): InputPart[] {
  const parts: InputPart[] = [];
  for (let first = 0; first < options.length; first += limits.checkboxes) {
    const some = options.slice(first, first + limits.checkboxes);
    const ticked = some.filter((option) => chosen.includes(option));
    const initial = ticked.length > 0 ? { initial_options: ticked } : {};
    parts.push({
      element: { type: 'checkboxes', action_id: 'value', options: some, ...initial },
      value: valuesOf(ticked),
      several: true,
      range: some.length > 1 ? `${first + 1}–${first + some.length}` : `${first + 1}`,
    });
  }
  return parts.length > 1 ? parts : parts.map(({ range: _, ...part }) => part);
}

function valuesOf(options: readonly PlainTextOption[]): string {
  return options.map(({ value }) => value ?? '').join(',');
}

function listOf(
  options: PlainTextOption[],
): { options: PlainTextOption[] } | { option_groups: OptionGroup[] } {
  return options.length > limits.options ? { option_groups: groupsOf(options) } : { options };
}
