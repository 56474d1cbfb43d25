import { isNode, textOf, type Node } from './node';

/** Stands in a button's value where its action takes no inputs along. */
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

/** What a button carries of its action. */
export function valueOf(action: Node): string {
  const data = dataOf(action);
  return JSON.stringify(takesInputs(action) ? data : { ...data, [aloneMark]: 'none' });
}

/** A pressed button; null for what is no press of ours: a link, a foreign value. */
export function readPress(action: unknown): Press | null {
  if (!isNode(action) || action.type !== 'button') return null;
  const verb = textOf(action, 'action_id').replace(/:\d+$/, '');
  const value = parsed(textOf(action, 'value'));
  if (verb === '' || !isNode(value)) return null;
  const { [aloneMark]: alone, ...data } = value;
  return { verb, data, takesInputs: alone !== 'none' };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
