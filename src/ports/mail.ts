import type { RefusedBecause } from '../domain/letter';
import type { Language } from './chat';

interface Letter {
  readonly to: string;
  readonly language: Language;
  readonly displayName: string;
  readonly customerName: string;
}

/** What a letter says; how it looks is decided where it is sent. It never holds a password. */
export type HandOverLetter = Letter &
  (
    | { readonly says: 'link'; readonly link: string; readonly until: Date }
    | { readonly says: 'user-name'; readonly userPrincipalName: string }
  );

/** What server or network said and at which step, in codes alone: it may stand in the log. */
interface Unsent {
  readonly code: string;
}

export type MailOutcome =
  | { readonly kind: 'sent' }
  /** For good: trying again is no use. */
  | ({ readonly kind: 'refused'; readonly because: RefusedBecause } & Unsent)
  /** Not taken as far as can be known: refused for now, silence, no connection. */
  | ({ readonly kind: 'later' } & Unsent);

/** A mail server. */
export interface Mail {
  /** Never throws, and ends in less than a minute; sooner when `ending` says so. */
  send(letter: HandOverLetter, ending: AbortSignal): Promise<MailOutcome>;
}
