import type { PlainTextElement } from '@slack/types';
import { buttonsOf } from './actions';
import { choiceParts } from './choices';
import { blockIdOf, longestId } from './input-id';
import type { InputPart } from './input-part';
import { limits } from './limits';
import { isNode, textOf, type Node } from './node';
import type { Piece } from './piece';
import type { Scene } from './scene';
import { isBlank, plain } from './text';
import { typedParts } from './typed';

/** An input, and the button that stands beside it. */
export function inputPieces(node: Node, at: string, scene: Scene): Piece[] {
  const action = isNode(node.inlineAction) ? node.inlineAction : null;
  const buttons = action ? buttonsOf(action, `${at}/inlineAction`, scene) : [];
  return [
    ...inputsOf(node, at, scene),
    ...(buttons.length > 0 ? [{ kind: 'actions' as const, at, buttons }] : []),
  ];
}

function inputsOf(node: Node, at: string, scene: Scene): Piece[] {
  const id = textOf(node, 'id');
  if (id === '' || id.length > longestId || scene.inputIds.has(id)) {
    scene.warn(at, 'an input without an id of its own is left out');
    return [];
  }
  const parts = partsOf(node, at, scene);
  if (parts.length === 0) return [];
  scene.inputIds.add(id);
  if (node.regex !== undefined) scene.warn(at, 'a pattern is not checked while it is typed');
  return parts.map((part, index) => {
    const number = parts.length > 1 ? index + 1 : null;
    const place = { id, part: number, value: part.value, several: part.several ?? false };
    return {
      kind: 'input',
      at,
      block: {
        type: 'input',
        block_id: blockIdOf(place, scene.shown),
        label: labelOf(node, part),
        optional: number !== null || !isNeeded(node),
        element: part.element,
      },
    };
  });
}

/** `neededToSave` is no property of Adaptive Cards: other clients ignore it, and let every button be pressed. */
function isNeeded(node: Node): boolean {
  return node.isRequired === true || node.neededToSave === true;
}

function labelOf(node: Node, { range }: InputPart): PlainTextElement {
  const label = ['label', 'title', 'placeholder']
    .map((name) => textOf(node, name))
    .find((text) => !isBlank(text));
  return plain(`${label ?? ''}${range === undefined ? '' : ` (${range})`}`, limits.label);
}

function partsOf(node: Node, at: string, scene: Scene): readonly InputPart[] {
  if (node.type === 'Input.ChoiceSet') return choiceParts(node, at, scene);
  if (node.type === 'Input.Toggle') return [toggleOf(node)];
  if (node.type === 'Input.Date') return [dateOf(node, at, scene)];
  if (node.type === 'Input.Time') return [timeOf(node, at, scene)];
  return typedParts(node, at, scene);
}

/** A box to tick: when it is not ticked nothing is sent, not `valueOff`. */
function toggleOf(node: Node): InputPart {
  const on = textOf(node, 'valueOn') || 'true';
  const title = plain(textOf(node, 'title') || textOf(node, 'label'), limits.option);
  const option = { text: title, value: on };
  const value = textOf(node, 'value') === on ? on : '';
  const initial = value === '' ? {} : { initial_options: [option] };
  return { element: { type: 'checkboxes', action_id: 'value', options: [option], ...initial }, value };
}

function dateOf(node: Node, at: string, scene: Scene): InputPart {
  warnOfBounds(node, at, scene);
  const value = /^\d{4}-\d\d-\d\d$/.test(textOf(node, 'value')) ? textOf(node, 'value') : '';
  const initial = value === '' ? {} : { initial_date: value };
  return { element: { type: 'datepicker', action_id: 'value', ...initial }, value };
}

function timeOf(node: Node, at: string, scene: Scene): InputPart {
  warnOfBounds(node, at, scene);
  const value = /^([01]\d|2[0-3]):[0-5]\d/.exec(textOf(node, 'value'))?.[0] ?? '';
  const initial = value === '' ? {} : { initial_time: value };
  return { element: { type: 'timepicker', action_id: 'value', ...initial }, value };
}

function warnOfBounds(node: Node, at: string, scene: Scene): void {
  if (node.min !== undefined || node.max !== undefined) {
    scene.warn(at, 'the earliest and the latest are not checked while it is chosen');
  }
}
