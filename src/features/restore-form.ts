import type { Fault } from '../domain/fault';
import { rolesAllowed } from '../domain/permission';
import { word, type Card, type CardData, type CardValue, type Word } from '../ports/card';
import { customerOf } from './customer-view';
import { faultsByField } from './faults';
import type { CustomerRequest } from './feature';
import { fitting } from './fitting';
import { productsIn, rolesIn } from './restore-outcome';
import type { Prospect } from './restore-prospects';
import { shortened } from './shorten';

/** Bytes for the rows, so that the whole card fits into a message. */
const room = 26_500;

export interface RestoreForm {
  readonly form: string;
  /** The names that were typed, by user. */
  readonly typed: ReadonlyMap<string, string>;
  /** By user. `names` of one that is taken is the name. */
  readonly faults: readonly Fault[];
  /** Those who are asked for once this form is done. */
  readonly later: readonly string[];
  /** Users that were chosen too and cannot be restored any more. */
  readonly lost: number;
}

/** The input that holds a user's new name. */
export function nameInput(userId: string, users: number): string {
  return users === 1 ? 'username' : `username.${userId}`;
}

/** What would come back and what not, before anything happens; a name that is not free can be changed. */
export function restoreForm(
  { customer }: CustomerRequest,
  prospects: readonly Prospect[],
  { form, typed, faults, later, lost }: RestoreForm,
): Card {
  const count = prospects.length;
  const rows = prospects.map((prospect) => {
    const { id } = prospect.user;
    const own = faults.find(({ field }) => field === id);
    return rowOf(prospect, {
      id: nameInput(id, count),
      typed: typed.get(id),
      fault: own,
      alone: count === 1,
    });
  });
  const here = fitting(rows, room);
  const waiting = [...prospects.slice(here).map(({ user }) => user.id), ...later];
  const until = new Date(Math.min(...prospects.map(({ user }) => user.restoreBy.getTime())));
  const data = {
    ...customerOf(customer),
    title: word('restore-user.question', { count: here }),
    faulty: faults.length > 0,
    until: word('restore-user.until', { at: until }),
    users: rows.slice(0, here),
    notes: [
      ...(waiting.length > 0 ? [{ text: word('restore-user.later', { count: waiting.length }) }] : []),
      ...(lost > 0 ? [{ text: word('restore-user.lost', { count: lost }) }] : []),
      ...(prospects.some(losesRoles) ? [{ text: word('restore-user.whoCould', { names: whoCould() }) }] : []),
    ],
    confirm: {
      customerId: customer.id,
      userIds: prospects
        .slice(0, here)
        .map(({ user }) => user.id)
        .join(','),
      form,
      ...(waiting.length > 0 ? { later: waiting.join(',') } : {}),
    },
    list: { customerId: customer.id },
  };
  return { name: 'restore-user', data };
}

function losesRoles({ user, withRoles }: Prospect): boolean {
  return user.roles.length > 0 && !withRoles;
}

function whoCould(): Word {
  const [first = 'global_admin', ...others] = rolesAllowed('assign_role');
  return others.reduce(
    (one, role) => word('restore-user.or', { one, other: word(`roles.${role}`) }),
    word(`roles.${first}`),
  );
}

/** Of a name that was chosen and is taken, it says so: the field holds a free one by now. */
function sentenceOf(fault: Fault): CardValue | undefined {
  const [name] = fault.reason === 'taken' ? (fault.names ?? []) : [];
  if (name !== undefined) return [{ text: word('restore-user.takenMeanwhile', { name }) }];
  return faultsByField([fault.field], [fault])[fault.field];
}

interface Field {
  readonly id: string;
  readonly typed: string | undefined;
  readonly fault: Fault | undefined;
  readonly alone: boolean;
}

function rowOf(prospect: Prospect, field: Field): CardData {
  const { user, name, userPrincipalName } = prospect;
  const asks = name !== 'free' || field.typed !== undefined || field.fault !== undefined;
  return {
    displayName: shortened(user.displayName, field.alone ? 256 : 40),
    userPrincipalName: user.userPrincipalName,
    lines: linesOf(prospect, field.alone),
    names: asks
      ? [
          {
            id: field.id,
            label: word(`restore-user.name.${name}`),
            value: field.typed ?? userPrincipalName,
            faults: field.fault ? [{ id: `fault.${field.id}`, lines: sentenceOf(field.fault) }] : [],
          },
        ]
      : [],
  };
}

type Line = { readonly text: Word; readonly color: string };

/** For several users only what is not as it was before; for one, everything. */
function linesOf(prospect: Prospect, alone: boolean): readonly Line[] {
  const { user, name, back, withoutSeat } = prospect;
  const good = (text: Word): Line => ({ text, color: 'Good' });
  const warn = (text: Word): Line => ({ text, color: 'Warning' });
  const { deletedAt: at, roles, licenses } = user;
  return [
    ...(alone ? [{ text: word('restore-user.deletedAt', { at }), color: 'Default' }] : []),
    ...(alone && name === 'free' ? [good(word('restore-user.nameFree'))] : []),
    ...(back.length > 0 && (alone || withoutSeat.length > 0)
      ? [good(word('restore-user.licenses', { names: productsIn(back) }))]
      : []),
    ...(withoutSeat.length > 0
      ? [warn(word('restore-user.withoutSeat', { names: productsIn(withoutSeat) }))]
      : []),
    ...(alone && licenses.length === 0 ? [good(word('restore-user.noLicenses'))] : []),
    ...(alone && roles.length > 0 && prospect.withRoles
      ? [good(word('restore-user.roles', { names: rolesIn(roles) }))]
      : []),
    ...(losesRoles(prospect) ? [warn(word('restore-user.withoutRoles', { names: rolesIn(roles) }))] : []),
  ];
}
