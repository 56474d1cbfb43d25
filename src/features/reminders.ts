import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import { namesForReading, type Fault } from '../domain/fault';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import { isWithin, type Operator } from '../domain/operator';
import { isAllowed } from '../domain/permission';
import { readReminderSettings } from '../domain/reminder-settings';
import { languages } from '../ports/chat';
import { word, type CardData, type Word } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { Operators } from '../ports/operators';
import type { Subscription, Subscriptions } from '../ports/reminders';
import type { Denied, Reply, Request } from './feature';
import { findCustomers } from './operator-view';
import { createReminderForm, notShown, usualSubscription, valuesOf, type About } from './reminder-form';
import { namesInBrief } from './shorten';

const form = z.string().refine(isFormId);
const about = { conversation: z.string(), kind: z.enum(['personal', 'group', 'channel']) };
export const remindersFrozen = {
  /** Of a form that is drawn again because something was searched inside it, or that stands elsewhere. */
  open: z.strictObject({ form: form.optional(), conversation: about.conversation, kind: about.kind }),
  save: z.strictObject({ form, ...about }),
};
type Frozen = { readonly [Step in keyof typeof remindersFrozen]: z.infer<(typeof remindersFrozen)[Step]> };

interface Deps {
  readonly directory: Pick<Directory, 'searchCustomers'>;
  readonly subscriptions: Pick<Subscriptions, 'find' | 'save' | 'takeLeft'>;
  readonly operators: Pick<Operators, 'find'>;
  readonly entropy: Entropy;
  /** Offered to a conversation that has never been asked. */
  readonly days: readonly number[];
}

/** `/reminders`: whether, for whom, when and in which language a conversation is reminded. */
export function createReminders({ directory, subscriptions, operators, entropy, days: usual }: Deps) {
  const draw = createReminderForm({ directory });

  const notYetTold = async (): Promise<readonly Word[]> => {
    const count = await subscriptions.takeLeft();
    return count > 0 ? [word('reminders.left', { count })] : [];
  };

  /** What is sent follows the rights of whoever asked for it. */
  const isSilent = async ({ enabled, operator: id }: Subscription): Promise<boolean> => {
    const operator = enabled ? await operators.find(id) : null;
    return enabled && !(operator && isAllowed(operator.partnerRole, 'list_deleted'));
  };

  const noticesOf = async (known: Subscription | null, operator: Operator): Promise<readonly Word[]> => {
    const silent = known && (await isSilent(known)) ? [word('reminders.silent')] : [];
    return [...(await notYetTold()), ...silent, ...(known ? notShown(known, operator) : [])];
  };

  const unknownCustomers = async (customers: Subscription['customers']): Promise<readonly Fault[]> => {
    if (customers === 'all') return [];
    const found = await findCustomers(directory, customers);
    const unknown = customers.filter((id) => !found.some((one) => one.id === id));
    if (unknown.length === 0) return [];
    return [{ field: 'customers', reason: 'unknown-customer', names: namesForReading(unknown) }];
  };

  const saved = async (subscription: Subscription): Promise<Reply> => {
    const { conversation, kind, enabled, customers, days, hour, timeZone, summary } = subscription;
    const named = customers === 'all' ? [] : await findCustomers(directory, customers);
    const lines: CardData[] = enabled
      ? [
          {
            text:
              customers === 'all'
                ? word('reminders-saved.all')
                : word('reminders-saved.some', { names: namesInBrief(named.map(({ name }) => name)) }),
          },
          {
            text: word('reminders-saved.when', {
              ...{ days: days.join(', '), hour: `${String(hour).padStart(2, '0')}:00`, timeZone },
            }),
          },
          ...(summary ? [{ text: word('reminders-saved.summary') }] : []),
        ]
      : [];
    const data = {
      title: word(`reminders-saved.${enabled ? 'on' : 'off'}.${kind}`),
      lines,
      edit: { conversation, kind },
    };
    return { audience: 'operator', card: { name: 'reminders-saved', data } };
  };

  return {
    async open(request: Request<Frozen['open'] | undefined>): Promise<Reply> {
      const { conversation, operator, frozen } = request;
      const here: About = frozen ?? { conversation: conversation.id, kind: conversation.kind };
      const typed = frozen?.form !== undefined && 'days' in request.values;
      const known = typed ? null : await subscriptions.find(here.conversation);
      const shown = known ?? usualSubscription(request, here, usual);
      const values = typed ? request.values : valuesOf(shown, operator);
      const notices = await noticesOf(known, operator);
      return draw(request, { ...here, form: frozen?.form ?? newFormId(entropy), values, notices });
    },

    async save(request: Request<Frozen['save']>): Promise<Reply | Denied> {
      const { frozen, values, operator, now } = request;
      const { settings, faults } = readReminderSettings(values, languages);
      const asked = settings?.customers ?? [];
      if (settings && asked !== 'all' && !isWithin(asked, operator.customers)) return notYours(request);
      const all = [...faults, ...(settings ? await unknownCustomers(asked) : [])];
      if (!settings || all.length > 0) return draw(request, { ...frozen, values, faults: all });

      const { conversation, kind } = frozen;
      const before = await subscriptions.find(conversation);
      const subscription = { ...settings, conversation, kind, operator: operator.id };
      const outcome = await subscriptions.save(subscription, {
        id: effectId(frozen.form),
        result: {},
        audit: [
          {
            ...{ at: now, operator: operator.id, action: 'update_reminders', customerId: null },
            ...{ target: conversation, outcome: 'success' },
            details: { ...(before ? { before } : {}), after: settings },
          },
        ],
      });
      const stored = outcome.kind === 'repeated' ? await subscriptions.find(conversation) : subscription;
      return saved(stored ?? subscription);
    },
  };
}

function notYours({ operator }: Request): Denied {
  const notice = { name: 'customer-not-yours', data: {} };
  return {
    denied: { action: 'list_deleted', customerId: null, target: operator.id, roles: null, notice },
  };
}
