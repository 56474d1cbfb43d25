import type { Customer } from '../domain/customer';
import type { Fault } from '../domain/fault';
import { mostGranted, operatorFingerprint, otherPerson } from '../domain/operator';
import { partnerRoles } from '../domain/permission';
import { splitValues } from '../domain/text';
import { word, type CardData, type Word } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { ListedOperator, Operator, Operators } from '../ports/operators';
import type { People, Person } from '../ports/people';
import { choiceLimit, choiceTitle, limitChoices } from './choices';
import { faultsByField } from './faults';
import type { Reply } from './feature';
import { findCustomers, whoOf } from './operator-view';

const fields = ['person', 'operator', 'partnerRole', 'customers'];

/** People asked for at once: among them may be many who are operators already. */
const mostPeople = 300;
/** Characters of a name in the title of a choice, beside the id or the domain. */
const longestTitle = 40;
/** Characters; the card repeats what was typed. */
const longestTyped = 256;

export interface OperatorForm {
  /** Good for one effect. */
  readonly form: string;
  /** Whom the form changes; null for a form that adds somebody. */
  readonly changes: ListedOperator | null;
  readonly values: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  /** Says what has happened to the operator since the form was opened. */
  readonly notice?: Word;
}

interface Deps {
  readonly operators: Operators;
  readonly people: People;
  readonly directory: Pick<Directory, 'searchCustomers'>;
}

/** What a form shows at first of an operator's customers; those beyond stay as they are. */
function grantedOnForm({ customers }: Operator): readonly string[] {
  return customers === 'all' ? ['all'] : customers.slice(0, mostGranted);
}

/** Customers for which there is no room on the form. */
export function beyondForm({ customers }: Operator): readonly string[] {
  return customers === 'all' ? [] : customers.slice(mostGranted);
}

export function valuesOf(operator: Operator): Readonly<Record<string, string>> {
  return { partnerRole: operator.partnerRole, customers: grantedOnForm(operator).join(',') };
}

/** Draws the form that adds or changes an operator, with choices that `reader` may grant. */
export type DrawOperatorForm = ReturnType<typeof createOperatorForm>;

export function createOperatorForm({ operators, people, directory }: Deps) {
  const peopleChoices = async (find: string, picked: string) => {
    const [found, listed] = await Promise.all([people.search(find, mostPeople), operators.list()]);
    const known = new Set(listed.map(({ id }) => id));
    const strangers = found.filter(({ id }) => !known.has(id));
    const { shown, more } = limitChoices(await withPicked(strangers, picked), {
      text: personTitle,
      chosen: ({ id }) => id === picked,
      find: '',
    });
    return { shown, more: more || found.length === mostPeople };
  };

  const withPicked = async (found: readonly Person[], picked: string): Promise<readonly Person[]> => {
    if (picked === '' || picked === otherPerson || found.some(({ id }) => id === picked)) return found;
    const name = (await people.names([picked])).get(picked) ?? picked;
    return name === picked ? found : [{ id: picked, name }, ...found];
  };

  const customerChoices = async (find: string, granted: readonly string[], reader: Operator) => {
    const ids = granted.filter((id) => id !== 'all').slice(0, mostGranted);
    const own = reader.customers;
    const [chosen, found] = await Promise.all([
      findCustomers(directory, own === 'all' ? ids : ids.filter((id) => own.includes(id))),
      directory.searchCustomers({ text: find, within: own, limit: choiceLimit }),
    ]);
    const isChosen = ({ id }: Customer): boolean => chosen.some((one) => one.id === id);
    const all = [...chosen, ...found.items.filter((one) => !isChosen(one))];
    const { shown, more } = limitChoices(all, { text: customerTitle, chosen: isChosen, find: '' });
    return { shown, more: more || found.next !== null };
  };

  return async (
    reader: Operator,
    { form, changes, values, faults = [], notice }: OperatorForm,
  ): Promise<Reply> => {
    const [find, findCustomer] = [cut(values['find']), cut(values['findCustomer'])];
    const picked = cut(values['person']);
    const [who, strangers, customers] = await Promise.all([
      changes ? people.names([changes.id]) : null,
      changes ? null : peopleChoices(find, picked),
      customerChoices(findCustomer, splitValues(values['customers']), reader),
    ]);
    const seen = changes ? { operator: changes.id, seen: operatorFingerprint(changes) } : {};
    const again = { step: changes ? 'change' : 'add', form, ...seen };
    const offered = { people: strangers?.shown ?? [], customers: customers.shown };
    const beyond = changes ? beyondForm(changes).length : 0;
    const data: CardData = {
      title: word(changes ? 'operator-form.changeTitle' : 'operator-form.addTitle'),
      values: { ...typedValues(values, offered), find, findCustomer },
      faults: faultsByField(fields, faults),
      faulty: faults.length > 0,
      notices: notice ? [{ text: notice }] : [],
      who: changes && who ? [whoOf(changes.id, who)] : [],
      add: changes ? [] : [{}],
      people: offered.people.length > 0 ? [{ choices: personChoices(offered.people) }] : [],
      searchPeople: strangers && (strangers.more || find !== '') ? [{ frozen: again }] : [],
      roles: [{ choices: partnerRoles.map((role) => ({ title: word(`roles.${role}`), value: role })) }],
      customers: [{ choices: grantChoices(customers.shown, reader) }],
      searchCustomers: customers.more || findCustomer !== '' ? [{ frozen: again }] : [],
      beyond: beyond > 0 ? [{ text: word('operator-form.beyond', { count: beyond }) }] : [],
      save: { form, ...seen },
    };
    return { audience: 'operator', card: { name: 'operator-form', data } };
  };
}

/** What was typed and chosen; of choices only those that are offered. */
function typedValues(
  values: Readonly<Record<string, string>>,
  offered: { readonly people: readonly Person[]; readonly customers: readonly Customer[] },
): CardData {
  const isPerson = offered.people.some(({ id }) => id === values['person']);
  const isCustomer = (id: string): boolean => id === 'all' || offered.customers.some((one) => one.id === id);
  return {
    person: isPerson ? values['person'] : '',
    operator: cut(values['operator']),
    partnerRole: partnerRoles.find((role) => role === values['partnerRole']) ?? '',
    customers: splitValues(values['customers']).filter(isCustomer).join(','),
  };
}

function personChoices(people: readonly Person[]): CardData[] {
  const other = { title: word('operator-form.other'), value: otherPerson };
  return [other, ...people.map((person) => ({ title: personTitle(person), value: person.id }))];
}

function grantChoices(customers: readonly Customer[], reader: Operator): CardData[] {
  const all = reader.customers === 'all' ? [{ title: word('operators.allCustomers'), value: 'all' }] : [];
  return [...all, ...customers.map((one) => ({ title: customerTitle(one), value: one.id }))];
}

function personTitle({ id, name }: Person): string {
  return name === id ? id : choiceTitle(`${shorten(name)} · ${id}`);
}

function customerTitle({ name, defaultDomain }: Customer): string {
  return choiceTitle(`${shorten(name)} · ${defaultDomain}`);
}

function shorten(name: string): string {
  const characters = Array.from(name);
  return characters.length > longestTitle ? `${characters.slice(0, longestTitle).join('')}…` : name;
}

function cut(typed: string | undefined): string {
  return (typed ?? '').slice(0, longestTyped);
}
