import type { Customer } from '../domain/customer';
import type { PartnerAction, PartnerRole } from '../domain/permission';
import type { Card } from '../ports/card';
import type { Conversation, Locale } from '../ports/chat';
import type { Operator } from '../ports/operators';

/** What a feature is asked: who, where, with which values. Rights are checked already. */
export interface Request<Frozen = unknown> {
  readonly operator: Operator;
  readonly conversation: Conversation;
  readonly locale: Locale;
  readonly now: Date;
  /** What must stand in front of a command typed here. */
  readonly prefix: string;
  /** What stood behind a typed command; empty for a press. */
  readonly text: string;
  /** The inputs of the card, as typed. Multi-valued ones are comma-joined, empty ones may be missing. */
  readonly values: Readonly<Record<string, string>>;
  /** What the card froze when it was made, read back and checked; undefined for a typed command. */
  readonly frozen: Frozen;
}

/** A request that acts for a customer: the one the card froze, or the one the operator has picked here. */
export interface CustomerRequest<Frozen = unknown> extends Request<Frozen> {
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
  /** The message changes by itself: what to keep of it, and when to look at it again at the latest. */
  readonly live?: { readonly subject: string; readonly card: Card; readonly dueAt: Date };
}

/** Another command runs next, as if it had been typed, for this customer. */
export interface GoOn {
  readonly goOn: { readonly command: string; readonly text: string; readonly customerId: string };
}

/** The operator may not do this to these users: no effect, audited, answered with the roles that could. */
export interface Denied {
  readonly denied: {
    /** What would have been done. */
    readonly action: PartnerAction;
    readonly customerId: string | null;
    /** The UPN, or the operator's id. */
    readonly target: string;
    /** Who could; null for a user that is not of the customer: nobody could, the card is answered as stale. */
    readonly roles: readonly PartnerRole[] | null;
    /** What is answered where no role would help. */
    readonly notice?: Card;
  };
}

export type Outcome = Reply | GoOn | Denied;
