import type { Customer } from '../domain/customer';
import type { Fault } from '../domain/fault';
import type { Operator } from '../domain/operator';
import { usualReminderHour } from '../domain/reminder';
import { splitValues } from '../domain/text';
import { languages } from '../ports/chat';
import { word, type CardData, type CardValue, type Word } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { Subscription } from '../ports/reminders';
import { choiceLimit, choiceTitle, limitChoices } from './choices';
import { faultsByField } from './faults';
import type { Reply, Request } from './feature';
import { findCustomers } from './operator-view';
import { isInScope } from './picked-customer';
import { shortened } from './shorten';

const fields = ['customers', 'days', 'hour', 'timeZone', 'language'];
const mostChosen = 50;
/** Characters; the card repeats what was typed. */
const longestTyped = 256;

/** The conversation that a form is about, wherever it is filled in. */
export interface About {
  readonly conversation: string;
  readonly kind: Subscription['kind'];
}

interface ReminderForm extends About {
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  /** Sentences about what has happened. */
  readonly notices?: readonly CardValue[];
}

/** What a conversation is offered that has never been asked. */
export function usualSubscription(
  { operator, locale }: Pick<Request, 'operator' | 'locale'>,
  about: About,
  days: readonly number[],
): Subscription {
  return {
    ...{ conversation: about.conversation, kind: about.kind, enabled: true, customers: 'all' },
    ...{ days, hour: usualReminderHour, summary: false },
    ...{ timeZone: locale.timeZone, language: locale.language, operator: operator.id },
  };
}

/** Of the customers of a subscription, those that the form can show to an operator. */
function shownOf({ customers }: Subscription, operator: Operator): Subscription['customers'] {
  if (customers === 'all') return customers;
  return customers.filter((id) => isInScope(operator, id)).slice(0, mostChosen);
}

/** Saving would end what the form cannot show. */
export function notShown(subscription: Subscription, operator: Operator): readonly Word[] {
  const { length: all } = subscription.customers;
  const { length: shown } = shownOf(subscription, operator);
  return all === shown ? [] : [word('reminders.notShown', { all, shown })];
}

/** A subscription as the form shows it. */
export function valuesOf(subscription: Subscription, operator: Operator): Readonly<Record<string, string>> {
  const { enabled, days, hour, timeZone, language, summary } = subscription;
  const customers = shownOf(subscription, operator);
  return {
    enabled: String(enabled),
    customers: customers === 'all' ? customers : customers.join(','),
    days: days.join(', '),
    hour: String(hour),
    ...{ timeZone, language },
    summary: String(summary),
  };
}

/** Draws the form of `/reminders`. */
export function createReminderForm({
  directory,
}: {
  readonly directory: Pick<Directory, 'searchCustomers'>;
}) {
  return async (
    { operator }: Request,
    { form, conversation, kind, values, faults = [], notices = [] }: ReminderForm,
  ): Promise<Reply> => {
    const find = (values['findCustomer'] ?? '').slice(0, longestTyped);
    const ticked = splitValues(values['customers']);
    const own = operator.customers;
    const ids = ticked
      .filter((id) => id !== 'all' && (own === 'all' || own.includes(id)))
      .slice(0, mostChosen);
    const [chosen, found] = await Promise.all([
      findCustomers(directory, ids),
      directory.searchCustomers({ text: find, within: own, limit: choiceLimit }),
    ]);
    const isChosen = ({ id }: Customer): boolean => chosen.some((one) => one.id === id);
    const all = [...chosen, ...found.items.filter((one) => !isChosen(one))];
    const { shown, more } = limitChoices(all, { text: titleOf, chosen: isChosen, find: '' });
    const frozen = { form, conversation, kind };
    const known = ticked.filter((id) => id === 'all' || shown.some((one) => one.id === id));
    const data: CardData = {
      title: word(`reminders.title.${kind}`),
      about: word(`reminders.about.${kind}`),
      notices: notices.map((text) => ({ text })),
      faulty: faults.length > 0,
      faults: faultsByField(fields, faults),
      values: {
        enabled: values['enabled'] === 'true' ? 'true' : 'false',
        customers: known.join(','),
        days: (values['days'] ?? '').slice(0, longestTyped),
        hour: values['hour'] ?? '',
        timeZone: (values['timeZone'] ?? '').slice(0, longestTyped),
        summary: values['summary'] === 'true' ? 'true' : 'false',
        language: languages.find((one) => one === values['language']) ?? '',
        findCustomer: find,
      },
      customers: [{ choices: customerChoices(shown) }],
      searchCustomers: more || found.next !== null || find !== '' ? [{ frozen }] : [],
      hours: hourChoices(),
      save: frozen,
    };
    const card = { name: 'reminders', data, again: { verb: 'reminders.open', frozen } };
    return { audience: 'operator', card };
  };
}

function titleOf({ name, defaultDomain }: Customer): string {
  return choiceTitle(`${shortened(name, 60)} (${defaultDomain})`);
}

function customerChoices(customers: readonly Customer[]): CardData[] {
  const all = { title: word('reminders.allCustomers'), value: 'all' };
  return [all, ...customers.map((one) => ({ title: titleOf(one), value: one.id }))];
}

function hourChoices(): CardData[] {
  return Array.from({ length: 24 }, (_, hour) => ({
    title: `${String(hour).padStart(2, '0')}:00`,
    value: String(hour),
  }));
}
