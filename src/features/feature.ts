import type { Customer } from '../domain/customer';
import type { Card } from '../ports/card';
import type { Conversation, Locale } from '../ports/chat';
import type { Operator } from '../ports/operators';

/** What a feature is asked: who, where, for which customer, with which values. Rights are checked already. */
export interface Request<Frozen = undefined> {
  readonly operator: Operator;
  readonly conversation: Conversation;
  readonly locale: Locale;
  readonly now: Date;
  /** What stood behind a typed command; empty for a card action. */
  readonly text: string;
  /** The inputs of the card, as typed. Multi-valued ones are comma-joined, empty ones may be missing. */
  readonly values: Readonly<Record<string, string>>;
  /** What the card froze when it was made, read back and checked. */
  readonly frozen: Frozen;
}

/** A request of a step that acts for a customer: the frozen one, or the one the operator has chosen. */
export interface CustomerRequest<Frozen = undefined> extends Request<Frozen> {
  readonly customer: Customer;
}

/**
 * Who sees the answer. `conversation`: nothing personal in it. `operator`: the form that was used, or the
 * private chat, with one line in the group that points there.
 */
export type Audience = 'operator' | 'conversation';

export interface Reply {
  readonly card: Card;
  readonly audience: Audience;
  /** `below`: a new message, the pressed card stays as it is. Otherwise the pressed card gives way. */
  readonly place?: 'below';
  /** The message changes by itself when `subject` does; `shown` is the state it shows now. */
  readonly live?: { readonly subject: string; readonly shown: string; readonly card: Card };
}

/** A step that ends by running another command, as if it had been typed. */
export interface GoOn {
  readonly goOn: { readonly command: string; readonly text: string };
}
