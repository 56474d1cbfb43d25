import { handOverState, type HandOverRecord, type HandOverState } from '../domain/hand-over';
import { hasFailed, type LetterRecord } from '../domain/letter';
import { word, type CardData, type Word } from '../ports/card';

const colors: Record<HandOverState, string> = {
  waiting: 'Accent',
  opened: 'Good',
  expired: 'Warning',
  replaced: 'Default',
};

/** A link, and the letter that brings it, if one does. */
export interface Brought {
  readonly record: HandOverRecord;
  readonly letter: LetterRecord | null;
  /** The letter beside it with the user name, if that goes to somebody, too. */
  readonly userName?: LetterRecord | null;
}

/** What the card says will still change by itself. */
export function isPending({ record, letter, userName }: Brought, now: Date): boolean {
  if (letter?.state === 'queued' || userName?.state === 'queued') return true;
  return !(letter && hasFailed(letter)) && handOverState(record, now) === 'waiting';
}

/** A newer hand-over has taken its place: what is made from here would cut that one off unseen. */
export function isReplaced({ record, letter }: Brought): boolean {
  if (letter && (letter.state === 'queued' || hasFailed(letter))) return false;
  return record.state === 'replaced';
}

export function stateData(brought: Brought, now: Date): CardData {
  const { userName = null } = brought;
  return { ...stateOfLink(brought, now), userName: userName ? [{ text: tellsUserName(userName) }] : [] };
}

function tellsUserName(letter: LetterRecord): Word {
  const { state, attempts, shownEmail } = letter;
  const how = state === 'queued' && attempts > 0 ? 'trying' : state;
  return word(`hand-over.userName.${how}`, { email: shownEmail });
}

function stateOfLink({ record, letter }: Brought, now: Date): CardData {
  if (letter && (letter.state === 'queued' || hasFailed(letter))) return unsent(letter);
  const state = handOverState(record, now);
  const at = {
    opened: record.openedAt,
    waiting: record.expiresAt,
    expired: record.expiresAt,
    replaced: null,
  }[state];
  return {
    state: word(`hand-over.state.${state}`, at ? { at } : {}),
    stateColor: colors[state],
    letter: letter?.state === 'sent' ? [{ text: sent(letter) }] : [],
  };
}

function sent({ shownEmail, endedAt, queuedAt }: LetterRecord): Word {
  return word('hand-over.sent', { email: shownEmail, at: endedAt ?? queuedAt });
}

function unsent(letter: LetterRecord): CardData {
  const state = word(`hand-over.letter.${reasonOf(letter)}`, { email: letter.shownEmail });
  return { state, stateColor: hasFailed(letter) ? 'Attention' : 'Accent', letter: [] };
}

function reasonOf({ state, attempts, refusedBecause }: LetterRecord): string {
  if (state === 'refused') return `refused-${refusedBecause ?? 'content'}`;
  if (state === 'queued') return attempts > 0 ? 'trying' : 'queued';
  return state;
}
