import type { Fault } from './fault';
import { namesForReading } from './fault';
import { fingerprint } from './fingerprint';
import { isAllowed, partnerRoles, type PartnerRole } from './permission';
import { splitValues, tidyText } from './text';

/** A person who may use Rollcall. `id` is `teams:<aadObjectId>`, `slack:<userId>` or, in the demo, `web:<name>`. */
export interface Operator {
  readonly id: string;
  readonly partnerRole: PartnerRole;
  readonly customers: 'all' | readonly string[];
}

/** The most customers that one form grants by name; it has to fit into a message of the chat. */
export const mostGranted = 50;

/** Roles that may manage operators. */
export const managingRoles: readonly PartnerRole[] = partnerRoles.filter((role) =>
  isAllowed(role, 'manage_operators'),
);

/** Without anybody of whom this is true, nobody could ever be given a right again. */
export function mayManageEverybody({ partnerRole, customers }: Operator): boolean {
  return customers === 'all' && managingRoles.includes(partnerRole);
}

/** Nobody gives more than they have. */
export function isWithin(customers: Operator['customers'], own: Operator['customers']): boolean {
  if (own === 'all') return true;
  return customers !== 'all' && customers.every((id) => own.includes(id));
}

/** Of the customers asked for, those of one's own. */
export function withinReach(asked: Operator['customers'], own: Operator['customers']): Operator['customers'] {
  if (asked === 'all') return own;
  return own === 'all' ? asked : asked.filter((id) => own.includes(id));
}

/** Changes with the role and the customers: tells what was seen from what is stored. */
export function operatorFingerprint({ id, partnerRole, customers }: Operator): string {
  return fingerprint([id, partnerRole, customers]);
}

const shapes = {
  real: /^(teams:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|slack:[UW][0-9A-Z]{1,40})$/,
  demo: /^(teams:[0-9a-z-]{1,64}|slack:[UW][0-9A-Z]{1,40}|web:[a-z0-9-]{1,32})$/,
};

/** An operator's id as it was typed, in its one spelling; null for what can be none. */
function readOperatorId(typed: string | undefined, demo: boolean): string | null {
  const [door = '', ...rest] = tidyText(typed).split(':');
  const name = tidyText(rest.join(':'));
  const chat = tidyText(door).toLowerCase();
  const id = `${chat}:${chat === 'slack' ? name.toUpperCase() : name.toLowerCase()}`;
  return shapes[demo ? 'demo' : 'real'].test(id) ? id : null;
}

export type OperatorField = 'person' | 'operator' | 'partnerRole' | 'customers';
type OperatorFault = Fault<OperatorField>;

/** What is granted: a role, for customers. */
export type Grant = Omit<Operator, 'id'>;

/** Chosen instead of a person: the id is typed. */
export const otherPerson = 'other';

type Values = Readonly<Record<string, string>>;

/** Who is to become an operator: a person that was picked or an id that was typed, exactly one of them. */
export function readWho(
  values: Values,
  demo: boolean,
): { readonly id: string; readonly faults: OperatorFault[] } {
  const [person, typed] = [tidyText(values['person']), tidyText(values['operator'])];
  const picked = person === otherPerson ? '' : person;
  if ((picked === '') === (typed === ''))
    return { id: '', faults: [{ field: 'operator', reason: 'one-of-both' }] };
  const field = picked === '' ? 'operator' : 'person';
  const id = readOperatorId(picked || typed, demo);
  const fault: OperatorFault = {
    field,
    reason: 'not-an-operator-id',
    names: namesForReading([picked || typed]),
  };
  return id === null ? { id: '', faults: [fault] } : { id, faults: [] };
}

/** Reads the role and the customers of a form; every fault is reported, in the order of the form. */
export function readGrant(values: Values): {
  readonly grant: Grant | null;
  readonly faults: OperatorFault[];
} {
  const faults: OperatorFault[] = [];
  const partnerRole = partnerRoles.find((role) => role === values['partnerRole']);
  if (!partnerRole) faults.push({ field: 'partnerRole', reason: 'required' });
  const ticked = splitValues(values['customers']);
  const ids = ticked.filter((id) => id !== 'all');
  const all = ids.length < ticked.length;
  if (ticked.length === 0) faults.push({ field: 'customers', reason: 'required' });
  if (all && ids.length > 0) faults.push({ field: 'customers', reason: 'all-or-some' });
  if (ids.length > mostGranted) faults.push({ field: 'customers', reason: 'too-many', limit: mostGranted });
  const grant =
    partnerRole && faults.length === 0 ? { partnerRole, customers: all ? ('all' as const) : ids } : null;
  return { grant, faults };
}
