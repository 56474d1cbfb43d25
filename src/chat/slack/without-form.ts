import { isRecord } from '../is-record';

/** What of a card can be read where nothing is filled in: without its inputs, and without its buttons but links. */
export function withoutForm(card: object): object {
  return isRecord(card) ? pruned(card) : card;
}

function pruned(node: Readonly<Record<string, unknown>>): object {
  const members = Object.entries(node).filter(([name]) => name !== 'selectAction');
  return Object.fromEntries(members.map(([name, value]) => [name, prunedValue(value)]));
}

function prunedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isOfForm(item)).map(prunedValue);
  return isRecord(value) ? pruned(value) : value;
}

function isOfForm(item: unknown): boolean {
  const type = isRecord(item) ? item['type'] : undefined;
  return typeof type === 'string' && /^Input\.|^Action\.(?!OpenUrl$)/.test(type);
}
