import type { Customer } from '../domain/customer';
import type { HandOverRecord } from '../domain/hand-over';
import type { LetterRecord } from '../domain/letter';
import type { ActiveUser } from '../domain/user';
import { word, type Card, type CardData } from '../ports/card';
import { accountsOf } from './accounts-view';
import { customerOf } from './customer-view';
import type { Reply } from './feature';
import { isPending, isReplaced, stateData, type Brought } from './hand-over-state';

/** What led to the card; it stays so when the card is drawn again. */
export const handOverTitles = ['created', 'issued', 'sheet', 'reset', 'link'] as const;
export type HandOverTitle = (typeof handOverTitles)[number];

/** What a hand-over card shows beside the state of its link. */
export interface HandOverView {
  readonly title: HandOverTitle;
  readonly customer: Customer;
  readonly users: readonly ActiveUser[];
  readonly record: HandOverRecord;
  /** The letter that brings the link, or was to. */
  readonly letter: LetterRecord | null;
  /** The one beside it with the user name. */
  readonly userName?: LetterRecord | null;
  /** The token of the link, where the reader may still see it. */
  readonly token: string | null;
  readonly publicUrl: string;
  readonly mayIssue: boolean;
  /** Letters can be sent here. */
  readonly mails: boolean;
  /** Buttons of the feature that made the hand-over: what each freezes, none or one. */
  readonly again?: CardData;
  readonly sheet?: CardData;
  readonly licenses?: CardData;
}

const letterMark = 'letter:';

function handOverSubject({ record, letter }: Brought): string {
  return `hand-over:${letter ? `${letterMark}${letter.id}` : record.id}`;
}

/** What a card of this subject is about. */
export function subjectOf(subject: string): { readonly letterId: string } | { readonly handOverId: string } {
  const id = subject.slice(subject.indexOf(':') + 1);
  return id.startsWith(letterMark) ? { letterId: id.slice(letterMark.length) } : { handOverId: id };
}

/** The card of a hand-over; while its link waits, the message changes by itself. */
export function handOverReply(view: HandOverView, now: Date): Reply {
  const card = handOverCard(view, now);
  const live = {
    subject: handOverSubject(view),
    card: handOverCard({ ...view, token: null }, now),
    // The link may be opened before this card stands in the chat: soon after, it is looked at once.
    dueAt: now,
  };
  return { audience: 'operator', card, ...(isPending(view, now) ? { live } : {}) };
}

/** The same card with the present state of its link, for a message that stands in a chat. */
export function withState(card: Card, brought: Brought, now: Date): Card {
  const data = { ...card.data, ...stateData(brought, now) };
  const over = isPending(brought, now) ? {} : { link: [], refresh: [] };
  return { name: card.name, data: { ...data, ...over, ...deadEnds(brought) } };
}

function handOverCard(view: HandOverView, now: Date): Card {
  const { customer, users, record, letter, token } = view;
  const pending = isPending(view, now);
  const letterId = letter ? { letterId: letter.id } : {};
  const target = { customerId: customer.id, handOverId: record.id, title: view.title, ...letterId };
  const shown = pending && token !== null && !letter;
  const known = shown ? { ...target, token } : target;
  const mayIssue = view.mayIssue && !isReplaced(view);
  const data = {
    ...customerOf(customer),
    title: word(`hand-over.title.${view.title}`, { count: record.userIds.length }),
    ...accountsOf(users),
    ...stateData(view, now),
    link: shown ? [linkData(`${view.publicUrl}/s/${token}`, users.length)] : [],
    refresh: pending ? [{ frozen: known }] : [],
    issueAgain: mayIssue ? [{ frozen: known }] : [],
    mail: mayIssue && view.mails && record.userIds.length === 1 ? [{ frozen: known }] : [],
    again: view.again ? [{ frozen: view.again }] : [],
    sheet: view.sheet ? [{ frozen: view.sheet }] : [],
    licenses: view.licenses ? [{ frozen: view.licenses }] : [],
  };
  return { name: 'hand-over', data };
}

function linkData(url: string, count: number): CardData {
  return { url, text: word('hand-over.link', { count }), hint: word('hand-over.linkHint', { count }) };
}

/** A replaced hand-over has a newer one elsewhere: issuing again from here would cut that one off unseen. */
function deadEnds(brought: Brought): CardData {
  return isReplaced(brought) ? { issueAgain: [], mail: [], sheet: [] } : {};
}
