import type { Fault } from '../domain/fault';
import type { CardData } from '../ports/card';
import { word } from '../ports/card';

/**
 * The faults of a form by field, none or one for each, as its card shows them: under the field, never instead
 * of the value typed.
 */
export function faultsByField(fields: readonly string[], faults: readonly Fault[]): CardData {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      faults
        .filter((fault) => fault.field === field)
        .slice(0, 1)
        .map(sentence),
    ]),
  );
}

function sentence(fault: Fault): CardData {
  return {
    text: word(`faults.${fault.reason}`, { limit: fault.limit ?? 0, names: (fault.names ?? []).join(', ') }),
  };
}
