import { limits } from './limits';
import { isNode, textOf, type Node } from './node';
import { packed, unpacked } from './packed';

/** Stands beside the data in a button's value where its action takes no inputs along. */
const aloneMark = 'associatedInputs';

export interface Press {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly takesInputs: boolean;
}

export function takesInputs(action: Node): boolean {
  return action.associatedInputs !== 'none';
}

export function dataOf(action: Node): Node {
  return isNode(action.data) ? action.data : {};
}

/** What a button carries of its action: its data as JSON. */
export function valueOf(action: Node): string {
  const data = dataOf(action);
  return packed(takesInputs(action) ? data : { ...data, [aloneMark]: 'none' }, limits.buttonValue);
}

/** A pressed button; null for what is no press of ours: a link, a foreign value. */
export function readPress(action: unknown): Press | null {
  if (!isNode(action) || action.type !== 'button') return null;
  const verb = textOf(action, 'action_id').replace(/:\d+$/, '');
  const value = unpacked(textOf(action, 'value'));
  if (verb === '' || !isNode(value)) return null;
  const { [aloneMark]: alone, ...data } = value;
  return { verb, data, takesInputs: alone !== 'none' };
}
