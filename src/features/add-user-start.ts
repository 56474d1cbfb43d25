import { productName } from '../domain/license';
import type { TakenOver } from '../domain/starting-point';
import type { ActiveUser } from '../domain/user';
import { word, type CardData, type Word } from '../ports/card';
import type { Page } from '../ports/page';
import type { Template } from '../ports/templates';
import { choiceLimit, choiceTitle, limitChoices } from './choices';
import { listed } from './field-words';
import { roleName } from './known-names';
import { namesInBrief, shortened } from './shorten';

/** Most characters that the entries of a list have together, and that a name has among others. */
const room = { templates: 1_500, users: 2_200, name: 60 };
const mostNamed = 10;

interface Sought {
  readonly chosen: string;
  readonly find: string;
}

export function templateChoices(templates: readonly Template[], { chosen, find }: Sought) {
  const { shown, more } = limitChoices(templates, {
    text: ({ id, name }) => `${name} ${id}`,
    chosen: ({ id }) => id === chosen,
    find,
    room: { entries: choiceLimit, characters: room.templates },
  });
  return { shown: shown.map(({ id, name }) => ({ title: choiceTitle(name), value: id })), more };
}

/** Users to copy from: as many as there is room for; the others are found by `find`. */
export function userChoices({ items, next }: Page<ActiveUser>, { chosen, find }: Sought) {
  const { shown, more } = limitChoices(items, {
    text: (user) => `${nameOf(user)} ${user.id}`,
    chosen: ({ id }) => id === chosen,
    find,
    room: { entries: choiceLimit, characters: room.users },
  });
  const choices = shown.map((user) => ({ title: choiceTitle(nameOf(user)), value: user.id }));
  return { shown: choices, more: more || next !== null };
}

function nameOf({ displayName, userPrincipalName }: ActiveUser): string {
  return `${shortened(displayName, room.name)} – ${shortened(userPrincipalName, room.name)}`;
}

/** Says whom or what was taken over from, and what could not be. */
export function takenOverLines(
  name: string,
  { withoutSeat, notOffered, notAllowed }: TakenOver,
): readonly CardData[] {
  const lines: readonly (Word | null)[] = [
    word('add-user.took', { name: shortened(name, 2 * room.name) }),
    products('noSeat', withoutSeat),
    products('notOffered', notOffered),
    notAllowed.length === 0
      ? null
      : word('add-user.not.allowed', { names: listed(notAllowed.map(roleName)) }),
  ];
  return lines.filter((line) => line !== null).map((text) => ({ text }));
}

function products(why: 'noSeat' | 'notOffered', skuPartNumbers: readonly string[]): Word | null {
  if (skuPartNumbers.length === 0) return null;
  return word(`add-user.not.${why}`, { names: namesInBrief(skuPartNumbers.map(productName), mostNamed) });
}
