import type { Fault } from '../domain/fault';
import { isAllowed } from '../domain/permission';
import { directoryRoles } from '../domain/role';
import type { ActiveUser } from '../domain/user';
import { editInputs, valuesOf, type EditInput } from '../domain/user-edit';
import { partsOfUpn } from '../domain/upn';
import { word, type Card, type CardData, type Word } from '../ports/card';
import { choiceLimit, limitChoices } from './choices';
import { changeableCustomerOf } from './customer-view';
import { faultsByField } from './faults';
import type { CustomerRequest } from './feature';
import { fieldValue } from './field-words';
import { roleName } from './known-names';

/** The most domains, and the most characters they have together: the locations take the rest of the card. */
const room = { entries: choiceLimit, characters: 3_500 };

/** What the buttons of the form freeze. */
export interface EditFormFrozen {
  readonly customerId: string;
  readonly userId: string;
  /** Good for one effect. */
  readonly form: string;
  /** `userFingerprint` of the user as the operator saw it, and `marksOf` its inputs. */
  readonly seen: string;
  readonly marks: string;
}

export interface EditForm {
  readonly user: ActiveUser;
  readonly frozen: EditFormFrozen;
  readonly values: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  /** What happened, above the fields. */
  readonly notice?: Word;
  /** The inputs that somebody else changed meanwhile. */
  readonly changed?: readonly EditInput[];
}

export function editUserForm(
  { customer, operator }: CustomerRequest,
  { user, frozen, values, faults = [], notice, changed = [] }: EditForm,
): Card {
  const { displayName, userPrincipalName } = user;
  const find = values.find ?? '';
  const domains = limitChoices([...new Set([partsOfUpn(userPrincipalName).domain, ...customer.domains])], {
    text: String,
    chosen: (domain) => domain === values.domain,
    find,
    room,
  });
  const mayAssignRoles = isAllowed(operator.partnerRole, 'assign_role');
  const data: CardData = {
    ...changeableCustomerOf(customer, 'users'),
    who: { displayName, userPrincipalName },
    notice: notice ? [{ text: notice }] : [],
    faulty: faults.length > 0,
    values: { ...Object.fromEntries(editInputs.map((input) => [input, values[input] ?? ''])), find },
    faults: withMeanwhile(faultsByField(editInputs, faults), { user, values, changed }),
    domains: domains.shown.map((domain) => ({ title: domain, value: domain })),
    roles: mayAssignRoles ? [{ choices: roleChoices() }] : [],
    search: domains.more ? [{ frozen: { ...frozen } }] : [],
    save: { ...frozen },
    cancel: { customerId: customer.id, userIds: user.id },
  };
  return { name: 'edit-user', data };
}

function roleChoices(): CardData[] {
  return directoryRoles.map((role) => ({ title: roleName(role), value: role }));
}

/** Under each input that somebody else changed: what the user holds by now, and which of the two will be stored. */
function withMeanwhile(
  faults: CardData,
  { user, values, changed }: Required<Pick<EditForm, 'user' | 'values' | 'changed'>>,
): CardData {
  const present = valuesOf(user);
  const notes = changed.map((input) => {
    const kind = values[input] === present[input] ? 'taken-over' : 'differs';
    return [input, [{ text: word(`edit-user.meanwhile.${kind}`, { value: presentValue(user, input) }) }]];
  });
  const faulty = Object.entries(faults).filter(([, found]) => Array.isArray(found) && found.length > 0);
  return { ...faults, ...(Object.fromEntries(notes) as CardData), ...Object.fromEntries(faulty) };
}

function presentValue(user: ActiveUser, input: EditInput) {
  if (input === 'username') return partsOfUpn(user.userPrincipalName).local;
  if (input === 'domain') return partsOfUpn(user.userPrincipalName).domain;
  return fieldValue(user, input);
}
