import { z } from 'zod';
import type { Conversation } from '../../ports/chat';
import { isRecord } from '../is-record';
import { limits } from './block-kit/limits';
import { packed, unpacked } from './block-kit/packed';

const origin = z.object({
  channel: z.string(),
  kind: z.enum(['personal', 'group', 'channel']),
  thread: z.string().nullable(),
  depth: z.int().min(1).max(3),
  home: z.boolean(),
});

/** Where a view was opened from: there its answers belong. */
export interface Origin {
  readonly channel: string;
  readonly kind: Conversation['kind'];
  readonly thread: string | null;
  /** How many views are open with this one; Slack allows three. */
  readonly depth: number;
  /** It was opened from the App Home. */
  readonly home: boolean;
}

export interface Metadata {
  /** What the view's submit action sends, the inputs aside. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

/** Null where it is longer than Slack takes, also when it is deflated. */
export function writeMetadata(data: object, from: Origin): string | null {
  const text = packed({ ...data, door: from }, limits.privateMetadata);
  return text.length <= limits.privateMetadata ? text : null;
}

/** Null for what is no view of ours. */
export function readMetadata(json: string | null | undefined): Metadata | null {
  const value = unpacked(json ?? '');
  if (!isRecord(value)) return null;
  const { door, ...data } = value;
  const from = origin.safeParse(door);
  return from.success ? { data, origin: from.data } : null;
}
