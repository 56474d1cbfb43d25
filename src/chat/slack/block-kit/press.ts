import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { limits } from './limits';
import { isNode, textOf, type Node } from './node';

/** Stands beside the data in a button's value where its action takes no inputs along. */
const aloneMark = 'associatedInputs';
/** The only name in a value that was too long for a button, and is deflated. */
const packedMark = 'packed';
const mostUnpacked = 100_000;

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
  const json = JSON.stringify(takesInputs(action) ? data : { ...data, [aloneMark]: 'none' });
  return json.length > limits.buttonValue || packedMark in data ? packed(json) : json;
}

/** A pressed button; null for what is no press of ours: a link, a foreign value. */
export function readPress(action: unknown): Press | null {
  if (!isNode(action) || action.type !== 'button') return null;
  const verb = textOf(action, 'action_id').replace(/:\d+$/, '');
  const value = unpacked(parsed(textOf(action, 'value')));
  if (verb === '' || !isNode(value)) return null;
  const { [aloneMark]: alone, ...data } = value;
  return { verb, data, takesInputs: alone !== 'none' };
}

function packed(json: string): string {
  return JSON.stringify({ [packedMark]: deflateRawSync(json).toString('base64') });
}

function unpacked(value: unknown): unknown {
  if (!isNode(value) || typeof value[packedMark] !== 'string') return value;
  try {
    const bytes = Buffer.from(value[packedMark], 'base64');
    return parsed(inflateRawSync(bytes, { maxOutputLength: mostUnpacked }).toString());
  } catch {
    return null;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
