import { productName } from '../domain/license';
import { isAllowed, type PartnerAction } from '../domain/permission';
import type { ActiveUser } from '../domain/user';
import type { AuditRecord } from '../ports/audit';
import { word, type Card, type CardData, type CardValue } from '../ports/card';
import { customerOf } from './customer-view';
import type { CustomerRequest } from './feature';
import { locationName, roleName } from './known-names';
import { personOf } from './person';
import { searchOf, type ListPlace } from './users-list';

/** The most licenses and roles that are named; the others are counted. */
const mostNamed = 10;

export interface UserView {
  readonly user: ActiveUser;
  /** What was last done to the user, newest first. */
  readonly entries: readonly AuditRecord[];
  /** The names of those who did it. */
  readonly names: ReadonlyMap<string, string>;
  /** The search that **Users list** goes back to. */
  readonly from: Pick<ListPlace, 'text' | 'filter'>;
}

/** One user: who it is, what it has, what was last done to it, and what can be done now. */
export function userCard({ customer, operator }: CustomerRequest, view: UserView): Card {
  const { user, entries, names, from } = view;
  const one = { customerId: customer.id, userId: user.id };
  const chosen = { customerId: customer.id, userIds: user.id };
  const ifMay = (right: PartnerAction, frozen: CardData) =>
    isAllowed(operator.partnerRole, right) ? [{ frozen }] : [];
  const data: CardData = {
    ...customerOf(customer),
    displayName: user.displayName,
    userPrincipalName: user.userPrincipalName,
    signIn: word(user.accountEnabled ? 'user.signIn.allowed' : 'user.signIn.blocked'),
    signInColor: user.accountEnabled ? 'Good' : 'Attention',
    details: detailsOf(user),
    actions: entries.map((entry) => actionOf(entry, names)),
    noActions: entries.length === 0,
    edit: ifMay('edit_user', one),
    licenses: ifMay('assign_licence', chosen),
    reset: ifMay('reset_password', chosen),
    remove: ifMay('delete_user', chosen),
    list: { customerId: customer.id, ...searchOf(from) },
  };
  return { name: 'user', data };
}

function detailsOf(user: ActiveUser): readonly CardData[] {
  const details: readonly (readonly [string, readonly CardValue[]])[] = [
    ['givenName', [user.givenName]],
    ['surname', [user.surname]],
    ['jobTitle', [user.jobTitle]],
    ['department', [user.department]],
    ['usageLocation', [locationName(user.usageLocation)]],
    [
      'licenses',
      user.licenses.length === 0 ? [word('user.noLicense')] : named(user.licenses.map(productName)),
    ],
    ['roles', named(user.roles.map(roleName))],
    ['createdAt', [user.createdAt]],
  ];
  return details
    .map(([name, values]) => ({ name, values: values.filter((value) => value !== '') }))
    .filter(({ values }) => values.length > 0)
    .map(({ name, values }) => ({
      label: word(`user.field.${name}`),
      values: values.map((text) => ({ text })),
    }));
}

function named(all: readonly CardValue[]): readonly CardValue[] {
  const others = all.length - mostNamed;
  return others > 0 ? [...all.slice(0, mostNamed), word('user.more', { count: others })] : all;
}

function actionOf({ at, operator, action, outcome }: AuditRecord, names: UserView['names']): CardData {
  return {
    at,
    what: word(`auditActions.${action}`),
    who: personOf(operator, names),
    outcome: outcome === 'success' ? [] : [{ text: word(`auditOutcomes.${outcome}`) }],
  };
}
