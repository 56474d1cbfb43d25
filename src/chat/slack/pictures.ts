import type { Log } from '../../ports/log';
import { isRecord } from '../is-record';
import { SlackCallFailed } from './failure';
import { hasPublicHost } from './public-host';

type Args = Readonly<Record<string, unknown>>;

/**
 * Slack fetches every picture before it takes a message or a view, and refuses the whole where it cannot. So what is
 * refused for a picture is asked once more without, and for a while all goes without.
 */
export interface Pictures {
  /** The blocks, or the view, of a call without the pictures that Slack will not get. */
  sendable(args: Args): Args;
  /** What to ask instead, or null where another try without pictures is no use. */
  instead(failure: unknown, args: Args): Args | null;
}

const withoutForMs = 10 * 60_000;

export function createPictures(log: Log): Pictures {
  let withoutUntil = 0;

  return {
    sendable: (args) => withoutPictures(args, performance.now() < withoutUntil ? () => false : hasPublicHost),
    instead(failure, args) {
      if (!isForPicture(failure)) return null;
      const without = withoutPictures(args);
      if (without === args) return null;
      withoutUntil = performance.now() + withoutForMs;
      log.warn(
        { method: failure.method, minutes: withoutForMs / 60_000 },
        'Slack could not fetch a picture: cards go without pictures for a while. PUBLIC_URL must be reachable from Slack.',
      );
      return without;
    },
  };
}

/** What has blocks or a view, its pictures as words but for those that `keep` names; itself where none changes. */
export function withoutPictures<T extends object>(
  holder: T,
  keep: (url: string) => boolean = () => false,
): T {
  const { blocks, view }: { blocks?: unknown; view?: unknown } = holder;
  if (isRecord(view)) {
    const bare = withoutPictures(view, keep);
    return bare === view ? holder : { ...holder, view: bare };
  }
  if (!Array.isArray(blocks)) return holder;
  const all: readonly unknown[] = blocks;
  const isUnwanted = (one: unknown): one is Picture => isPicture(one) && !keep(String(one.image_url));
  const bare = all.map((block) => blockWithout(block, isUnwanted));
  return bare.every((block, index) => block === all[index]) ? holder : { ...holder, blocks: bare };
}

/** A picture stands as what it shows in words; beside a text the text has to do. */
function blockWithout(block: unknown, isUnwanted: (one: unknown) => one is Picture): unknown {
  if (!isRecord(block)) return block;
  const { accessory, ...rest } = block;
  if (isUnwanted(block)) {
    const { block_id: id } = rest;
    return { type: 'context', ...(id === undefined ? {} : { block_id: id }), elements: [wordsOf(block)] };
  }
  if (isUnwanted(accessory)) return rest;
  if (block['type'] !== 'context' || !Array.isArray(block['elements'])) return block;
  const elements: readonly unknown[] = block['elements'];
  if (!elements.some(isUnwanted)) return block;
  return { ...block, elements: elements.map((one) => (isUnwanted(one) ? wordsOf(one) : one)) };
}

interface Picture {
  readonly image_url: unknown;
  readonly alt_text: unknown;
}

function isPicture(one: unknown): one is Picture {
  return isRecord(one) && one['type'] === 'image';
}

function wordsOf({ alt_text: text }: Picture): object {
  return { type: 'plain_text', text: String(text), emoji: false };
}

/** Where Slack names no place, it may be for a picture. */
function isForPicture(failure: unknown): failure is SlackCallFailed {
  if (!(failure instanceof SlackCallFailed)) return false;
  const { code, pointers } = failure;
  if (code !== 'invalid_blocks' && code !== 'invalid_arguments') return false;
  return pointers.length === 0 || pointers.some((pointer) => pointer.endsWith('/image_url'));
}
