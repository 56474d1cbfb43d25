import type { PartnerRole } from '../domain/permission';
import type { Reply } from '../features/feature';
import { word, type Card, type CardData } from '../ports/card';

/**
 * Stands below a pressed card, which stays: what was typed into it can be sent again, and in a group nobody's card
 * gives way to the refusal of somebody else.
 */
function notice(name: string, data: CardData = {}): Reply {
  return { audience: 'conversation', place: 'below', card: { name, data } };
}

/** Enough of a typed word to know it again; somebody may have pasted a whole text. */
function cut(typed: string): string {
  const characters = Array.from(typed);
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : typed;
}

/** The answers that no feature gives: what happened, that nothing was changed, and what to do next. */
export const notices = {
  notAnOperator: (id: string) => notice('not-an-operator', { id }),
  denied: (roles: readonly PartnerRole[]) =>
    notice('denied', { roles: roles.map((role) => ({ name: word(`roles.${role}`) })) }),
  refused: ({ name, data }: Card) => notice(name, data),
  customerNotYours: () => notice('customer-not-yours'),
  stale: () => notice('stale'),
  /** `typed` is null where others read the answer: it may be a name, and only its sender may have seen it. */
  unknownCommand: (typed: string | null, nearest: { command: string; verb: string } | null, prefix: string) =>
    notice('unknown-command', {
      typed: typed === null ? [] : [{ text: cut(typed) }],
      nearest: nearest ? [{ ...nearest, prefix }] : [],
    }),
  storageAway: (uncertain: boolean) => notice(uncertain ? 'storage-uncertain' : 'storage-away'),
  unexpected: (reference: string) => notice('unexpected', { reference }),
};
