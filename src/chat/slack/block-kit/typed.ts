import type { PlainTextInput } from '@slack/types';
import type { InputPart } from './input-part';
import { limits } from './limits';
import { textOf, type Node } from './node';
import type { Scene } from './scene';
import { isBlank, isWebAddress, piecesOf, plain } from './text';

/** So many parts a text may have; 30,000 characters. */
const mostParts = 10;

/** What is typed: texts, numbers, addresses. */
export function typedParts(node: Node, at: string, scene: Scene): InputPart[] {
  const value = textOf(node, 'value');
  const special = scene.surface === 'modal' ? specialOf(node, value) : null;
  if (special) return [special];
  if (node.type !== 'Input.Text') scene.warn(at, 'an input is typed as a text');
  if (node.style === 'Password') scene.warn(at, 'what is typed can be read');
  const pieces = piecesOf(value, limits.typed);
  if (pieces.length > 1) scene.warn(at, 'a text stands in several inputs');
  if (pieces.length > mostParts) scene.warn(at, 'the end of a text is left out');
  const single = pieces.length === 1;
  return pieces.slice(0, mostParts).map((piece, index) => ({
    element: textInput(node, piece, single ? roomOf(node, value) : limits.typed),
    value: piece,
    ...(single ? {} : { range: String(index + 1) }),
  }));
}

/** What was there already may stay, even where the card would not let it be typed. */
function roomOf(node: Node, value: string): number | null {
  const most = node.maxLength;
  if (typeof most !== 'number' || !(most >= 1)) return null;
  return Math.min(Math.max(Math.floor(most), value.length), limits.typed);
}

function textInput(node: Node, value: string, room: number | null): PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: 'value',
    ...(node.isMultiline === true || value.includes('\n') ? { multiline: true } : {}),
    ...(room === null ? {} : { max_length: room }),
    ...placeholderOf(node),
    ...(value === '' ? {} : { initial_value: value }),
  };
}

export function placeholderOf(node: Node): { placeholder?: ReturnType<typeof plain> } {
  const placeholder = textOf(node, 'placeholder');
  return isBlank(placeholder) ? {} : { placeholder: plain(placeholder, limits.placeholder) };
}

/** Inputs that Slack has in modals alone. */
function specialOf(node: Node, value: string): InputPart | null {
  const common = { action_id: 'value', ...placeholderOf(node) };
  const initial = value === '' ? {} : { initial_value: value };
  if (node.type === 'Input.Number') {
    const given = isNumber(value) ? initial : {};
    return {
      element: { type: 'number_input', is_decimal_allowed: true, ...common, ...boundsOf(node), ...given },
      value: isNumber(value) ? value : '',
    };
  }
  if (value.length > limits.typed) return null;
  if (node.style === 'Email') return { element: { type: 'email_text_input', ...common, ...initial }, value };
  if (node.style === 'Url' && (value === '' || isWebAddress(value))) {
    return { element: { type: 'url_text_input', ...common, ...initial }, value };
  }
  return null;
}

function isNumber(value: string): boolean {
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(value);
}

function boundsOf(node: Node): { min_value?: string; max_value?: string } {
  const [least, most] = [textOf(node, 'min'), textOf(node, 'max')];
  return {
    ...(isNumber(least) ? { min_value: least } : {}),
    ...(isNumber(most) ? { max_value: most } : {}),
  };
}
