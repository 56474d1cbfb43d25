import { daysKept, daysLeft } from '../domain/retention';
import { mostTicked } from '../domain/ticked';
import type { DeletedUser } from '../domain/user';
import { word, type CardData, type Word } from '../ports/card';
import { mostCounted, type CountedPage } from '../ports/page';
import { choiceTitle } from './choices';
import { customerOf } from './customer-view';
import { dayBar } from './day-bar';
import type { CustomerRequest } from './feature';
import { personOf } from './person';
import { namesInBrief, shortened } from './shorten';

export interface DeletedList {
  readonly page: CountedPage<DeletedUser>;
  readonly text: string;
  /** Of operators, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** None or one. */
  readonly picture: readonly CardData[];
  /** Those ticked, here and on other pages. */
  readonly chosen: readonly DeletedUser[];
  readonly mayRestore: boolean;
  /** More were ticked than can be restored at once. */
  readonly tooMany: boolean;
}

export function deletedUsersData({ customer, now, locale }: CustomerRequest, list: DeletedList): CardData {
  const { page, text, names, picture, mayRestore, chosen } = list;
  const idsHere = page.items.map(({ id }) => id);
  const frozen = {
    customerId: customer.id,
    ...(mayRestore ? { userIds: chosen.map(({ id }) => id).join(','), page: idsHere.join(',') } : {}),
  };
  return {
    ...customerOf(customer),
    title: titleOf(page.found),
    text,
    search: frozen,
    none: page.items.length > 0 ? [] : [{ text: word(text ? 'deleted-users.none' : 'deleted-users.empty') }],
    picture,
    users: page.items.map((user, place) =>
      rowOf(user, { number: place + 1, now, names, timeZone: locale.timeZone }),
    ),
    ticking: mayRestore && (page.items.length > 0 || chosen.length > 0) ? [tickingData(list, idsHere)] : [],
    previous: page.previous === null ? [] : [{ frozen: { ...frozen, text, before: page.previous } }],
    next: page.next === null ? [] : [{ frozen: { ...frozen, text, after: page.next } }],
    restore: mayRestore && (page.items.length > 0 || chosen.length > 0) ? [{ frozen }] : [],
  };
}

function titleOf(found: number): Word {
  return found > mostCounted
    ? word('deleted-users.titleMore', { number: mostCounted })
    : word('deleted-users.title', { number: found });
}

interface Place {
  readonly number: number;
  readonly now: Date;
  readonly names: DeletedList['names'];
  readonly timeZone: string;
}

function rowOf(user: DeletedUser, { number, now, names, timeZone }: Place): CardData {
  const { displayName, userPrincipalName, deletedAt, deletedBy, restoreBy } = user;
  const days = daysLeft(user, now, timeZone);
  const left = days > 0 ? word('deleted-users.left', { count: days }) : word('deleted-users.lastDay');
  return {
    number: `${number}.`,
    displayName: shortened(displayName, 100),
    userPrincipalName,
    deleted: word('deleted-users.deleted', { at: deletedAt, who: personOf(deletedBy, names) }),
    left,
    until: word('deleted-users.until', { at: restoreBy }),
    ...dayBar(days, daysKept),
  };
}

function tickingData({ page, chosen, tooMany }: DeletedList, idsHere: readonly string[]): CardData {
  const elsewhere = chosen.filter(({ id }) => !idsHere.includes(id));
  const choices = page.items.map(({ id, displayName }, place) => ({
    title: choiceTitle(`${place + 1}. ${shortened(displayName, 60)}`),
    value: id,
  }));
  const here = chosen.filter(({ id }) => idsHere.includes(id)).map(({ id }) => id);
  return {
    count: chosen.length > 0 ? [{ text: word('deleted-users.ticked', { count: chosen.length }) }] : [],
    elsewhere:
      elsewhere.length > 0 ? [{ names: namesInBrief(elsewhere.map(({ displayName }) => displayName)) }] : [],
    choices: choices.length > 0 ? [{ choices, value: here.join(',') }] : [],
    hint: tooMany ? [{ text: word('deleted-users.tooMany', { limit: mostTicked }) }] : [],
  };
}
