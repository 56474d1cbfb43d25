import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isNode, type Node } from './node';

/** The only name in what was too long, and is deflated. */
const packedMark = 'packed';
const mostUnpacked = 100_000;

/** Data as JSON, deflated where it has more than so many characters; it may still be too long. */
export function packed(data: Node, most: number): string {
  const json = JSON.stringify(data);
  if (json.length <= most && !(packedMark in data)) return json;
  return JSON.stringify({ [packedMark]: deflateRawSync(json).toString('base64') });
}

/** What was packed; null for what is no JSON. */
export function unpacked(text: string): unknown {
  const value = parsed(text);
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
