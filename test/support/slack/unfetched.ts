import { Refused } from './api-answer';
import { isJson, type Json, listOf, textAt } from './json';
import type { Workspace } from './workspace';

/** Hosts that Slack fetches nothing from, whatever else is reached. */
const ownMachine = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** Slack fetches every picture before it shows anything, and takes nothing where one cannot be fetched. */
export function refuseUnfetched(
  { unreachable }: Pick<Workspace, 'unreachable'>,
  blocks: readonly Json[],
  { code, at }: { readonly code: string; readonly at: string },
): void {
  const flaws = blocks
    .flatMap((block, index) => picturesOf(block, `${at}/${index}`))
    .filter(({ url }) => ownMachine.test(new URL(url).hostname) || unreachable.has(new URL(url).hostname))
    .map(({ pointer }) => `[ERROR] downloading image failed [json-pointer:${pointer}/image_url]`);
  if (flaws.length > 0) throw new Refused(code, { errors: flaws, response_metadata: { messages: flaws } });
}

interface Picture {
  readonly url: string;
  readonly pointer: string;
}

function picturesOf(block: Json, at: string): readonly Picture[] {
  const own = block.type === 'image' ? [{ url: textAt(block, 'image_url'), pointer: at }] : [];
  const beside = isJson(block.accessory) ? picturesOf(block.accessory, `${at}/accessory`) : [];
  const among = listOf(block.elements).flatMap((one, index) => picturesOf(one, `${at}/elements/${index}`));
  return [...own, ...beside, ...among];
}
