import type { Activity } from 'botbuilder';
import type { Card } from '../../ports/card';
import type { Locale } from '../../ports/chat';

/** What the door needs of `words/`. */
export interface DoorWords {
  t(locale: Locale, key: string): string;
}

export type RenderCard = (card: Card, locale: Locale) => object;

const cardType = 'application/vnd.microsoft.card.adaptive';

/** The notification is the same for every card: a name or a link in it would show on a locked screen. */
export function renderMessage(card: object, notification: string): Partial<Activity> {
  return { type: 'message', summary: notification, attachments: [{ contentType: cardType, content: card }] };
}

export function renderLine(text: string): Partial<Activity> {
  return { type: 'message', text, textFormat: 'plain' };
}

/** What goes back in the HTTP answer to a turn. */
export interface TurnAnswer {
  readonly status: number;
  readonly body?: object;
}

export function renderPressedCard(card: object): TurnAnswer {
  return { status: 200, body: { statusCode: 200, type: cardType, value: card } };
}

/** The pressed card stays as it is; the person who pressed sees the sentence. */
export function renderPressedNotice(text: string): TurnAnswer {
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text },
  };
}
