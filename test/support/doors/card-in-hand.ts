import { type Button, readCard, type RenderedCard } from '../rendered-card';

/** An Adaptive Card that an operator fills in and presses. */
export interface CardInHand {
  readonly card: RenderedCard;
  readonly typed: Readonly<Record<string, string>>;
}

/** The newest card that has a button of the verb. */
export function newestWith<Standing extends { readonly card: RenderedCard }>(
  cards: readonly Standing[],
  verb: string,
): Standing {
  const found = cards.findLast(({ card }) => card.buttons.some((button) => button.verb === verb));
  if (!found) throw new Error(`No card has a button ${verb}; the newest is:\n${cards.at(-1)?.card.text}`);
  return found;
}

/** The button of a verb; where there are several, the one nearest to what is read in its row. */
export function buttonOf(card: RenderedCard, verb: string, row?: string): Button {
  const found = row === undefined ? card : (smallestWith(card.json, verb, row) ?? card);
  const button = found.buttons.find((one) => one.verb === verb);
  if (!button) throw new Error(`No button ${verb}${row ? ` beside "${row}"` : ''} on:\n${card.text}`);
  return button;
}

/** What pressing it sends, as clients put it together. */
export function sentBy({ card, typed }: CardInHand, button: Button): Readonly<Record<string, unknown>> {
  return button.sendsInputs ? { ...button.data, ...card.inputs, ...typed } : button.data;
}

/** The least part of a card in which both the text and a button of the verb stand. */
function smallestWith(part: object, verb: string, row: string): RenderedCard | null {
  const children: readonly unknown[] = Object.values(part);
  for (const child of children) {
    if (typeof child !== 'object' || child === null) continue;
    const found = smallestWith(child, verb, row);
    if (found) return found;
  }
  const read = readCard({ type: 'AdaptiveCard', body: [part] });
  return read.text.includes(row) && read.buttons.some((one) => one.verb === verb) ? read : null;
}
