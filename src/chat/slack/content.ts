import type { KnownBlock } from '@slack/types';
import type { Card } from '../../ports/card';
import type { Locale } from '../../ports/chat';
import type { Log } from '../../ports/log';
import { hasInputs, toBlocks, type Warning } from './block-kit/convert';
import { limits } from './block-kit/limits';
import { packed } from './block-kit/packed';
import type { MessageContent } from './calls';
import { withoutForm } from './without-form';
import type { AgainOf, DoorWords, RenderCard } from './words';

/** Messages as Slack takes them. What a notification shows is the same for every card. */
export interface Contents {
  /** Inputs are for forms: of a card that has some and a step that shows it once more, `ofForm`. */
  ofCard(card: Card, locale: Locale): MessageContent;
  /** For a card that is drawn already. */
  ofDrawn(name: string, drawn: object, locale: Locale): MessageContent;
  /** What can be read of a form, with a button that opens it; null where no step shows it once more. */
  ofForm(card: Card, locale: Locale): MessageContent | null;
  /** For a form that nobody can open without pressing something: its one button opens it. */
  opener(verb: string, data: object, locale: Locale): MessageContent | null;
}

interface ContentDeps {
  readonly renderCard: RenderCard;
  readonly againOf: AgainOf;
  readonly words: DoorWords;
  readonly log: Log;
}

export function createContents({ renderCard, againOf, words, log }: ContentDeps): Contents {
  const content = (blocks: readonly KnownBlock[], locale: Locale): MessageContent => ({
    blocks,
    text: words.t(locale, 'chat.notification'),
  });
  const ofDrawn = (name: string, drawn: object, locale: Locale): MessageContent => {
    const { blocks, warnings } = toBlocks(drawn, 'message');
    tellWarnings(log, name, warnings);
    return content(blocks, locale);
  };

  const ofForm = (card: Card, locale: Locale): MessageContent | null => {
    const again = againOf(card);
    if (!again) return null;
    const open = {
      type: 'Action.Execute',
      ...again,
      title: words.t(locale, 'slack.open'),
      style: 'positive',
    };
    const readable = { ...withoutForm(renderCard(card, locale)), actions: [open] };
    return ofDrawn(card.name, readable, locale);
  };

  return {
    ofDrawn,
    ofForm,
    ofCard(card, locale) {
      const drawn = renderCard(card, locale);
      return (hasInputs(drawn) ? ofForm(card, locale) : null) ?? ofDrawn(card.name, drawn, locale);
    },
    opener(verb, data, locale) {
      const value = packed({ ...data }, limits.buttonValue);
      if (value.length > limits.buttonValue) return null;
      const text = words.t(locale, 'slack.opener');
      const open = words.t(locale, 'slack.open');
      const blocks: KnownBlock[] = [
        { type: 'section', text: { type: 'plain_text', text } },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: verb,
              text: { type: 'plain_text', text: open },
              value,
              style: 'primary',
            },
          ],
        },
      ];
      return content(blocks, locale);
    },
  };
}

/** What Slack cannot show as it was drawn; a warning never holds what stands in the card. */
export function tellWarnings(log: Log, card: string, warnings: readonly Warning[]): void {
  if (warnings.length > 0)
    log.debug({ card, warnings }, 'Slack shows a card differently from how it was drawn.');
}
