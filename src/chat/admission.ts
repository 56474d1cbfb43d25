import { isAllowed, rolesAllowed } from '../domain/permission';
import { parseIds } from '../domain/ticked';
import type { CustomerRequest, Reply, Request } from '../features/feature';
import { isInScope, type PickedId } from '../features/picked-customer';
import type { Directory } from '../ports/directory';
import type { Operators } from '../ports/operators';
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
  readonly operators: Operators;
  readonly directory: Directory;
  readonly pickedId: PickedId;
  readonly seal: Seal;
}

/** Denies by default: who asks, with which card, with which right, for which customer. */
export function createAdmit({ operators, directory, pickedId, seal }: Deps): Admit {
  const withPicked = async (request: Request, id: string | null): Promise<Admission> => {
    const customer = id === null ? null : await directory.findCustomer(id);
    return customer
      ? { kind: 'admitted', request: { ...request, customer } }
      : { kind: 'customer-needed', request };
  };

  const withFrozen = async (request: Request, customerId: string): Promise<Admission> => {
    if (!isInScope(request.operator, customerId)) return denied(notices.customerNotYours(), customerId);
    const customer = await directory.findCustomer(customerId);
    return customer
      ? { kind: 'admitted', request: { ...request, customer } }
      : { kind: 'customer-gone', reply: { audience: 'operator', card: { name: 'customer-gone', data: {} } } };
  };

  /** Whom the card names first: what was refused is found again under that name. */
  const namedBy = async (frozen: unknown, customerId: string | null): Promise<string> => {
    const [userId] = parseIds(frozenText(frozen, 'userIds') ?? frozenText(frozen, 'userId') ?? '');
    if (userId === undefined || customerId === null) return frozenText(frozen, 'operator') ?? '';
    const [user] = await directory.findUsers(customerId, [userId]);
    const [found = user] = user ? [] : await directory.findDeletedUsers(customerId, [userId]);
    return found?.userPrincipalName ?? userId;
  };

  return async (command, { verb, route, text, data, customerId: goesOnFor = null }, now) => {
    const operator = await operators.find(command.operator);
    if (!operator) return denied(notices.notAnOperator(command.operator));
    const payload = openPayload(verb, route, data.frozen, seal);
    if (!payload) return denied(notices.stale());
    const customerId = frozenText(payload.frozen, 'customerId') ?? goesOnFor;
    const picked = (): Promise<string | null> => pickedId(operator, command.conversation.id, now);
    if (!isAllowed(operator.partnerRole, route.right)) {
      const concerned = customerId ?? (route.forCustomer ? await picked() : null);
      const target = await namedBy(payload.frozen, concerned);
      return denied(notices.denied(rolesAllowed(route.right)), concerned, target);
    }

    const { conversation, locale, prefix } = command;
    const { frozen } = payload;
    const request: Request = {
      operator,
      conversation,
      locale,
      now,
      prefix,
      text,
      values: inputs(data),
      frozen,
    };
    if (!route.forCustomer) return { kind: 'admitted', request };
    return customerId === null ? withPicked(request, await picked()) : withFrozen(request, customerId);
  };
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
