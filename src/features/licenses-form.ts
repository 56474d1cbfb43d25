import type { Fault } from '../domain/fault';
import { availableSeats, productName } from '../domain/license';
import type { LicenseField, LicenseOffer, ProductHeld } from '../domain/license-choice';
import type { ActiveUser } from '../domain/user';
import { word, type Card, type CardData, type Word } from '../ports/card';
import { accountsOf } from './accounts-view';
import { choiceLimit, choiceTitle, limitChoices } from './choices';
import { changeableCustomerOf } from './customer-view';
import { faultsByField } from './faults';
import type { CustomerRequest } from './feature';
import { shortened } from './shorten';
import { waysBack } from './ways-back';

const fields: readonly LicenseField[] = ['assign', 'remove', 'usageLocation'];

/** Two lists of products share the card, and the locations take half of it. */
const room = {
  alone: { entries: choiceLimit, characters: 2_000 },
  withLocations: { entries: choiceLimit / 2, characters: 900 },
};

export interface LicensesForm {
  readonly users: readonly ActiveUser[];
  readonly offer: LicenseOffer;
  /** Good for one effect. */
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];
}

export function licensesForm(
  { customer }: CustomerRequest,
  { users, offer, form, values, faults }: LicensesForm,
): Card {
  const find = values.find ?? '';
  const list = (products: readonly ProductHeld[], chosen: string | undefined) =>
    choicesOf(products, users.length, {
      chosen: (chosen ?? '').split(','),
      find,
      room: offer.asksLocation ? room.withLocations : room.alone,
    });
  const withSeatsFirst = [...offer.give].sort(
    (one, other) => Number(availableSeats(other) > 0) - Number(availableSeats(one) > 0),
  );
  const assign = list(withSeatsFirst, values.assign);
  const remove = list(offer.take, values.remove);
  const frozen = { customerId: customer.id, userIds: users.map(({ id }) => id).join(','), form };
  const named = users.map((user) => ({ ...user, displayName: shortened(user.displayName, 48) }));
  const data: CardData = {
    ...changeableCustomerOf(customer, 'licenses'),
    title: word('licenses.title', { count: users.length }),
    ...accountsOf(named),
    values: { ...Object.fromEntries(fields.map((field) => [field, values[field] ?? ''])), find },
    faults: faultsByField(fields, faults),
    faulty: faults.length > 0,
    assign: assign.choices.length === 0 ? [] : [{ choices: assign.choices }],
    remove: remove.choices.length === 0 ? [] : [{ choices: remove.choices }],
    location: offer.asksLocation
      ? [{ label: word('licenses.usageLocation', { count: withoutLocation(users) }) }]
      : [],
    nothing: offer.give.length + offer.take.length === 0,
    search: assign.more || remove.more ? [{ frozen }] : [],
    save: offer.give.length + offer.take.length === 0 ? [] : [{ frozen }],
    ...waysBack(users, customer.id),
  };
  return { name: 'licenses', data };
}

function withoutLocation(users: readonly ActiveUser[]): number {
  return users.filter(({ usageLocation }) => usageLocation === '').length;
}

interface Shown {
  readonly chosen: readonly string[];
  readonly find: string;
  readonly room: { readonly entries: number; readonly characters: number };
}

function choicesOf(products: readonly ProductHeld[], users: number, { chosen, find, room: most }: Shown) {
  const { shown, more } = limitChoices(products, {
    text: ({ skuPartNumber }) => `${productName(skuPartNumber)} ${skuPartNumber}`,
    chosen: ({ skuPartNumber }) => chosen.includes(skuPartNumber),
    find,
    room: most,
  });
  const choices = shown.map((product) => ({
    title: word('licenses.product', {
      product: choiceTitle(productName(product.skuPartNumber)),
      holding: holding(product, users),
      seats: word('licenses.seats', { count: availableSeats(product) }),
    }),
    value: product.skuPartNumber,
  }));
  return { choices, more };
}

function holding({ have }: ProductHeld, users: number): Word {
  const who = users === 1 ? 'one' : 'many';
  if (have === 0) return word(`licenses.holding.${who}.none`);
  if (have === users) return word(`licenses.holding.${who}.all`);
  return word('licenses.holding.many.some', { count: have, users });
}
