import { availableSeats, productName, type Subscription } from '../domain/license';
import { splitValues } from '../domain/text';
import { word, type CardData } from '../ports/card';
import { choiceLimit, limitChoices } from './choices';

interface Shown {
  readonly shown: readonly CardData[];
  readonly more: boolean;
}

/** Each product with its free seats; those that can be given come first. `ticked` are SKU part numbers, comma-joined. */
export function licenseChoices(
  subscriptions: readonly Subscription[],
  { ticked, find, characters }: { ticked: string; find: string; characters: number },
): Shown {
  const chosen = splitValues(ticked);
  const sorted = [...subscriptions].sort(
    (a, b) => Number(availableSeats(b) > 0) - Number(availableSeats(a) > 0),
  );
  const { shown, more } = limitChoices(sorted, {
    text: ({ skuPartNumber }) => `${productName(skuPartNumber)} ${skuPartNumber}`,
    chosen: ({ skuPartNumber }) => chosen.includes(skuPartNumber),
    find,
    room: { entries: choiceLimit, characters },
  });
  const choices = shown.map((subscription) => ({
    title: word('add-user.license', {
      product: productName(subscription.skuPartNumber),
      count: availableSeats(subscription),
    }),
    value: subscription.skuPartNumber,
  }));
  return { shown: choices, more };
}
