import { flawsOf, flawsOfView, type Flaw } from '../../src/chat/slack/block-kit/check';
import { toBlocks, toModal, type Warning } from '../../src/chat/slack/block-kit/convert';
import { readPress, readState, type Press } from '../../src/chat/slack/block-kit/state';
import { buttonsIn, readingOf, stateOf } from './block-kit';
import { nodesOf, type CardNode } from './sample-cards';

export const everySurface = ['message', 'home', 'modal'] as const;

/** A card as Slack shows it and gives it back. */
export interface ConvertedCard {
  readonly flaws: readonly Flaw[];
  readonly warnings: readonly Warning[];
  readonly reading: string;
  /** What can be pressed, the button of the view included. */
  readonly presses: readonly (Press | null)[];
  /** What stands in the inputs. */
  readonly values: Readonly<Record<string, string>>;
}

export function convertCard(card: object, surface: (typeof everySurface)[number]): ConvertedCard {
  const words = { title: 'Rollcall', submit: 'Send', close: 'Close' };
  const modal = surface === 'modal' ? toModal(card, words) : null;
  const { blocks, warnings } = modal
    ? { blocks: modal.view.blocks, warnings: modal.warnings }
    : toBlocks(card, surface === 'home' ? 'home' : 'message');
  const pressed = buttonsIn(blocks).map(readPress);
  const submit = modal?.submit ? [{ ...modal.submit, data: { ...modal.submit.data } }] : [];
  return {
    flaws: modal ? flawsOfView(modal.view) : flawsOf(blocks, surface === 'home' ? 'home' : 'message'),
    warnings,
    reading: readingOf(blocks),
    presses: [...submit, ...pressed],
    values: readState(stateOf(blocks)).values,
  };
}

/** All that is shown of a card: what is hidden has no say. */
export function shownIn(card: unknown): CardNode[] {
  return [
    ...nodesOf(JSON.parse(JSON.stringify(card, (_, value: unknown) => (isHidden(value) ? null : value)))),
  ];
}

function isHidden(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'isVisible' in value && value.isVisible === false;
}

/** A warning says what and where in words of ours, and nothing of what stands in the card. */
export function isOfOurWords({ at, what }: Warning): boolean {
  return /^(\/[A-Za-z]+|\/\d+)*$/.test(at) && /^[A-Za-z ,:]+\d*$/.test(what);
}
