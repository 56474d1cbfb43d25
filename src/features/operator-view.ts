import { isWithin, type Operator } from '../domain/operator';
import type { Customer } from '../domain/customer';
import { word, type CardData, type Word } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { People } from '../ports/people';

/** Customers that a line names; the others are counted. */
const mostNamed = 3;

interface Deps {
  readonly people: Pick<People, 'names'>;
  readonly directory: Pick<Directory, 'searchCustomers'>;
}

export type OperatorsView = (
  operators: readonly Operator[],
  reader: Operator,
) => Promise<readonly CardData[]>;

/** Operators as a card names them: name, id, role, customers. Customers that are not the reader's are only counted. */
export function createOperatorsView({ people, directory }: Deps): OperatorsView {
  return async (operators, reader) => {
    const ids = operators.flatMap(({ customers }) => namedOf(customers, reader));
    const [names, customers] = await Promise.all([
      people.names(operators.map(({ id }) => id)),
      findCustomers(directory, ids),
    ]);
    const nameOf = new Map(customers.map(({ id, name }) => [id, name]));
    return operators.map((operator) => ({
      ...whoOf(operator.id, names),
      role: word(`roles.${operator.partnerRole}`),
      customers: customersLine(operator, namedOf(operator.customers, reader), nameOf),
    }));
  };
}

/** A person by name and id; the id once where no name is known. */
export function whoOf(id: string, names: ReadonlyMap<string, string>): CardData {
  const name = names.get(id) ?? id;
  return { name, ids: name === id ? [] : [{ id }] };
}

/** Those of these customers that are there, by name. */
export async function findCustomers(
  directory: Deps['directory'],
  ids: readonly string[],
): Promise<readonly Customer[]> {
  if (ids.length === 0) return [];
  const within = [...new Set(ids)];
  return (await directory.searchCustomers({ text: '', within, limit: within.length })).items;
}

function namedOf(customers: Operator['customers'], reader: Operator): readonly string[] {
  if (customers === 'all') return [];
  return customers.filter((id) => isWithin([id], reader.customers)).slice(0, mostNamed);
}

function customersLine(
  { customers }: Operator,
  named: readonly string[],
  nameOf: ReadonlyMap<string, string>,
): Word | string {
  if (customers === 'all') return word('operators.allCustomers');
  if (customers.length === 0) return word('operators.noCustomers');
  const names = named.flatMap((id) => nameOf.get(id) ?? []);
  const count = customers.length - names.length;
  if (count === 0) return names.join(', ');
  if (names.length === 0) return word('operators.customerCount', { count });
  return word('operators.andMore', { names: names.join(', '), count });
}
