import type { Card } from '../ports/card';
import type { Language, Locale } from '../ports/chat';
import type { Words } from '../words/words';
import type { Seal } from './seal';
import { createTemplates } from './templates';

/** An Adaptive Card as JSON. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly body: readonly object[];
  readonly [name: string]: unknown;
}

export interface Cards {
  /**
   * The card of that name in `cards/`, with its data and the words of the reader's language.
   * A card whose data has a `customer` names it first. What buttons freeze is sealed.
   */
  render(card: Card, locale: Locale): AdaptiveCard;
  /** What a button carries that shows the card once more; null where no step does. */
  againOf(card: Card): Again | null;
}

export interface Again {
  readonly verb: string;
  readonly data: { readonly frozen: object };
}

const customerHeader = 'customer-header';

export function createCards({ words, seal }: { words: Words; seal: Seal }): Cards {
  const templateOf = createTemplates(words);
  const locations = locationChoices(words);

  const expand = (name: string, data: object, locale: Locale): AdaptiveCard =>
    templateOf(name, locale).expand({ $root: { ...data, locations: locations(locale) } }) as AdaptiveCard;

  return {
    render(card, locale) {
      const data = words.resolve(card.data, locale);
      const body = expand(card.name, data, locale);
      const header = 'customer' in data ? expand(customerHeader, data, locale).body : [];
      const drawn = { ...body, body: [...header, ...body.body] };
      sealActions(drawn, seal);
      return drawn;
    },
    againOf({ again }) {
      return again ? { verb: again.verb, data: { frozen: seal.close(again.verb, again.frozen) } } : null;
    },
  };
}

interface Choice {
  readonly title: string;
  readonly value: string;
}

/** Every card may offer the locations; their list is made once for each language. */
function locationChoices(words: Words): (locale: Locale) => readonly Choice[] {
  const lists = new Map<Language, readonly Choice[]>();
  return (locale) => {
    const known = lists.get(locale.language);
    const list = known ?? words.locationNames(locale).map(({ code, name }) => ({ title: name, value: code }));
    lists.set(locale.language, list);
    return list;
  };
}

/** In the card itself, which nobody else has yet: a copy of every card would cost more than its seals. */
function sealActions(node: unknown, seal: Seal): void {
  if (Array.isArray(node)) for (const item of node) sealActions(item, seal);
  else if (typeof node === 'object' && node !== null) {
    if (isExecute(node)) node.data = { ...node.data, ...sealed(node.verb, node.data, seal) };
    else for (const value of Object.values(node)) sealActions(value, seal);
  }
}

interface Execute {
  readonly verb: string;
  data: { readonly frozen?: object };
}

function isExecute(node: object): node is Execute {
  return 'type' in node && node.type === 'Action.Execute' && 'verb' in node && 'data' in node;
}

function sealed(verb: string, data: Execute['data'], seal: Seal): object {
  return data.frozen ? { frozen: seal.close(verb, data.frozen) } : {};
}
