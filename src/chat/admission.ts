import { isAllowed, rolesAllowed } from '../domain/permission';
import { parseIds } from '../domain/ticked';
import type { CustomerRequest, Reply, Request } from '../features/feature';
import type { Customer } from '../domain/customer';
import { isInScope, pickedSince } from '../features/picked-customer';
import type { Directory } from '../ports/directory';
import type { AskedFor, Standings } from '../ports/standings';
import type { Command } from './door';
import { notices } from './notices';
import type { Route } from './route';
import { isRecord } from './is-record';
import { withoutSeal, type Seal } from './seal';

/** A command that leads to a step of the table. */
export interface Call {
  readonly verb: string;
  readonly route: Route;
  /** What stood behind a typed command. */
  readonly text: string;
  /** The customer for whom a command goes on, whatever is picked here. */
  readonly customerId?: string;
  /** What the card sent: `frozen` and the inputs, unchecked. */
  readonly data: Readonly<Record<string, unknown>>;
}

export type Admission =
  | { readonly kind: 'admitted'; readonly request: Request | CustomerRequest }
  /** Refused: to be audited, against the customer it would have touched. */
  | {
      readonly kind: 'denied';
      readonly reply: Reply;
      readonly customerId: string | null;
      /** The UPN, or the operator's id, where the card names one. */
      readonly target: string;
    }
  /** A customer has to be picked first. */
  | { readonly kind: 'customer-needed'; readonly request: Request }
  | { readonly kind: 'customer-gone'; readonly reply: Reply };

export type Admit = (command: Command, call: Call, now: Date) => Promise<Admission>;

interface Deps {
  readonly standings: Standings;
  readonly directory: Pick<Directory, 'findUsers' | 'findDeletedUsers'>;
  readonly seal: Seal;
}

/** Denies by default: who asks, with which card, with which right, for which customer. */
export function createAdmit({ standings, directory, seal }: Deps): Admit {
  /** Whom the card names first: what was refused is found again under that name. */
  const namedBy = async (frozen: unknown, customerId: string | null): Promise<string> => {
    const [userId] = parseIds(frozenText(frozen, 'userIds') ?? frozenText(frozen, 'userId') ?? '');
    if (userId === undefined || customerId === null) return frozenText(frozen, 'operator') ?? '';
    const [user] = await directory.findUsers(customerId, [userId]);
    const [found = user] = user ? [] : await directory.findDeletedUsers(customerId, [userId]);
    return found?.userPrincipalName ?? userId;
  };

  return async (command, { verb, route, text, data, customerId: goesOnFor = null }, now) => {
    const { conversation, locale, prefix } = command;
    const payload = openPayload(verb, route, data.frozen, seal);
    const customerId = frozenText(payload?.frozen, 'customerId') ?? goesOnFor;
    const askedFor = askedForBy(customerId, route, conversation.id, now);
    const { operator, customer } = await standings.find(command.operator, askedFor);
    if (!operator) return denied(notices.notAnOperator(command.operator));
    if (!payload) return denied(notices.stale());
    const { frozen } = payload;
    const isOwn = customer !== null && isInScope(operator, customer.id);
    if (!isAllowed(operator.partnerRole, route.right)) {
      const concerned = customerId ?? (isOwn ? customer.id : null);
      const target = await namedBy(frozen, concerned);
      return denied(notices.denied(rolesAllowed(route.right)), concerned, target);
    }

    const values = inputs(data);
    const request: Request = { operator, conversation, locale, now, prefix, text, values, frozen };
    if (!route.forCustomer) return { kind: 'admitted', request };
    if (customerId !== null) return withFrozen(request, customerId, customer);
    return isOwn
      ? { kind: 'admitted', request: { ...request, customer } }
      : { kind: 'customer-needed', request };
  };
}

/** The customer that the card froze, or the one that is picked where a step needs one. */
function askedForBy(
  customerId: string | null,
  { forCustomer }: Route,
  conversation: string,
  now: Date,
): AskedFor | null {
  if (customerId !== null) return { customerId };
  return forCustomer ? { pickedIn: conversation, since: pickedSince(now) } : null;
}

function withFrozen(request: Request, customerId: string, customer: Customer | null): Admission {
  if (!isInScope(request.operator, customerId)) return denied(notices.customerNotYours(), customerId);
  return customer
    ? { kind: 'admitted', request: { ...request, customer } }
    : { kind: 'customer-gone', reply: { audience: 'operator', card: { name: 'customer-gone', data: {} } } };
}

function denied(reply: Reply, customerId: string | null = null, target = ''): Admission {
  return { kind: 'denied', reply, customerId, target };
}

/**
 * What the card froze; null for a payload that this house did not make, or not in this shape. The shape is looked
 * at first: what is nested without end is never walked through.
 */
function openPayload(verb: string, route: Route, frozen: unknown, seal: Seal): { frozen: unknown } | null {
  if (frozen === undefined && route.typed) return { frozen: undefined };
  const parsed = route.frozen.safeParse(withoutSeal(frozen));
  return parsed.success && seal.open(verb, frozen) ? { frozen: parsed.data } : null;
}

function frozenText(frozen: unknown, name: string): string | null {
  const value = isRecord(frozen) ? frozen[name] : null;
  return typeof value === 'string' ? value : null;
}

function inputs(data: Call['data']): Record<string, string> {
  const typed = Object.entries(data).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return Object.fromEntries(typed.map(([name, value]) => [name, String(value)]));
}
