import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import { namesForReading, type Fault } from '../domain/fault';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import {
  isWithin,
  managingRoles,
  operatorFingerprint,
  readGrant,
  readWho,
  type Grant,
} from '../domain/operator';
import { partnerRoles } from '../domain/permission';
import { word, type Word } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { ListedOperator, Operator, Operators } from '../ports/operators';
import type { People } from '../ports/people';
import type { Denied, Outcome, Reply, Request } from './feature';
import { beyondForm, createOperatorForm, valuesOf } from './operator-form';
import { offersFor, operatorsPage } from './operator-list';
import { shortened } from './shorten';
import { createOperatorsView, findCustomers } from './operator-view';

const form = z.string().refine(isFormId);

export const operatorsFrozen = {
  open: z.strictObject({
    /** Which card is drawn; the list unless told. */
    step: z.enum(['add', 'change', 'remove']).optional(),
    operator: z.string().optional(),
    /** Of a form that is drawn again because something was searched inside it. */
    form: form.optional(),
    seen: z.string().optional(),
    text: z.string().optional(),
    after: z.string().optional(),
    before: z.string().optional(),
  }),
  /** `operator` and `seen` stand on a form that changes somebody. */
  save: z.strictObject({ form, operator: z.string().optional(), seen: z.string().optional() }),
  remove: z.strictObject({ operator: z.string(), form }),
};
type Frozen = { readonly [Step in keyof typeof operatorsFrozen]: z.infer<(typeof operatorsFrozen)[Step]> };

/** Characters; the card repeats them. */
const longestSearch = 256;

interface Deps {
  readonly operators: Operators;
  readonly people: People;
  readonly directory: Pick<Directory, 'searchCustomers'>;
  readonly entropy: Entropy;
  /** Whether `web:<name>` can be an operator. */
  readonly demo: boolean;
}

type What = 'added' | 'changed' | 'removed';

/** Who may use Rollcall, with which partner role, for which customers. */
export function createOperators({ operators, people, directory, entropy, demo }: Deps) {
  const view = createOperatorsView({ people, directory });
  const draw = createOperatorForm({ operators, people, directory });

  const list = async ({
    operator: reader,
    frozen,
    values,
    text: typed,
  }: Request<Frozen['open'] | undefined>): Promise<Reply> => {
    const text = (values['text'] ?? frozen?.text ?? typed).slice(0, longestSearch);
    const all = await operators.list();
    const names = await people.names(all.map(({ id }) => id));
    const page = operatorsPage(all, names, { ...frozen, text });
    const shown = await view(page.items, reader);
    const data = {
      text,
      search: page.many || text !== '' ? [{ frozen: {} }] : [],
      everybody: operators.everybodyMay ? [{}] : [],
      none: page.items.length === 0,
      operators: page.items.map((one, place) => ({
        ...shown[place],
        configured: one.configured,
        ...offersFor(
          one,
          shortened(names.get(one.id) ?? one.id, 40),
          reader,
          one.configured || operators.everybodyMay,
        ),
      })),
      previous: page.previous === null ? [] : [{ frozen: { text, before: page.previous } }],
      add: { step: 'add' },
      next: page.next === null ? [] : [{ frozen: { text, after: page.next } }],
    };
    return { audience: 'operator', card: { name: 'operators', data } };
  };

  /** The one whom a card means, or what to answer instead. */
  const meant = async (
    { operator: reader }: Request,
    id: string,
  ): Promise<ListedOperator | Reply | Denied> => {
    const listed = await operators.findListed(id);
    if (!listed) return gone;
    return isWithin(listed.customers, reader.customers) ? listed : notYours(id);
  };

  const change = async (request: Request<Frozen['open'] | undefined>, id: string): Promise<Outcome> => {
    const listed = await meant(request, id);
    if (!isListed(listed)) return listed;
    const { form: formId } = request.frozen ?? {};
    const values = formId === undefined ? valuesOf(listed) : request.values;
    return draw(request.operator, { form: formId ?? newFormId(entropy), changes: listed, values });
  };

  const ask = async (
    { operator: reader }: Request,
    listed: ListedOperator,
    refused: 'configured' | 'last-admin' | null = null,
  ): Promise<Reply> => {
    const [shown] = await view([listed], reader);
    const reason = refused ?? (listed.stored ? null : 'configured');
    const data = {
      ...shown,
      self: listed.id === reader.id && !reason ? [{}] : [],
      consequence: word(`operator-remove.${reason ?? fallbackOf(listed)}`),
      remove: reason ? [] : [{ frozen: { operator: listed.id, form: newFormId(entropy) } }],
    };
    return { audience: 'operator', card: { name: 'operator-remove', data } };
  };

  /** What is left to somebody whose record is removed. */
  const fallbackOf = ({ configured }: ListedOperator): 'nothing' | 'named' | 'everybody' => {
    if (configured) return 'named';
    return operators.everybodyMay ? 'everybody' : 'nothing';
  };

  /** Removing a record can give more than it takes: only somebody with all customers may give that. */
  const removable = async (request: Request, id: string): Promise<ListedOperator | Reply | Denied> => {
    const listed = await meant(request, id);
    if (!isListed(listed) || fallbackOf(listed) === 'nothing') return listed;
    return request.operator.customers === 'all' ? listed : notYours(id);
  };

  const done = async (reader: Operator, result: Readonly<Record<string, string>>): Promise<Reply> => {
    const { operator: id = '', what = 'changed', partnerRole, customers = '' } = result;
    const operator = {
      id,
      partnerRole: partnerRoles.find((role) => role === partnerRole) ?? 'billing_admin',
      customers: customers === 'all' ? customers : customers.split(',').filter((one) => one !== ''),
    } as const;
    const [shown] = await view([operator], reader);
    const next: Word = word(`operator-saved.${what}Next`);
    const data = { ...shown, title: word(`operator-saved.${what}`), next, add: { step: 'add' } };
    return { audience: 'operator', card: { name: 'operator-saved', data } };
  };

  /** The entry and the first answer of a change; the record of what was there and what is. */
  const effectOf = (
    { operator: by, now }: Request,
    { id, what, before, after }: { id: string; what: What; before: Operator | null; after: Operator | null },
  ) => {
    const of = what === 'removed' ? before : after;
    const result = {
      operator: id,
      what,
      partnerRole: of?.partnerRole ?? '',
      customers: of ? (of.customers === 'all' ? 'all' : of.customers.join(',')) : '',
    };
    const entry = {
      at: now,
      operator: by.id,
      action: what === 'removed' ? ('remove_operator' as const) : ('update_operator' as const),
      customerId: null,
      target: id,
      outcome: 'success' as const,
      details: {
        ...(before ? { before: granted(before) } : {}),
        ...(after ? { after: granted(after) } : {}),
      },
    };
    return { result, audit: [entry] };
  };

  /** Customers that are not there any more. */
  const unknownCustomers = async (customers: Operator['customers']): Promise<Fault[]> => {
    if (customers === 'all') return [];
    const found = await findCustomers(directory, customers);
    const unknown = customers.filter((id) => !found.some((one) => one.id === id));
    if (unknown.length === 0) return [];
    return [{ field: 'customers', reason: 'unknown-customer', names: namesForReading(unknown) }];
  };

  return {
    /** Lists the operators, or draws the form that adds or changes one, or asks before one is removed. */
    async open(request: Request<Frozen['open'] | undefined>): Promise<Outcome> {
      const { step, operator: id = '', form: formId = newFormId(entropy) } = request.frozen ?? {};
      if (step === 'add')
        return draw(request.operator, { form: formId, changes: null, values: request.values });
      if (step === 'change') return change(request, id);
      if (step !== 'remove') return list(request);
      const listed = await removable(request, id);
      return isListed(listed) ? ask(request, listed) : listed;
    },

    async save(request: Request<Frozen['save']>): Promise<Outcome> {
      const { values, operator: reader } = request;
      const { form: formId, operator: frozenId, seen = null } = request.frozen;
      const changes = frozenId === undefined ? null : await meant(request, frozenId);
      if (changes && !isListed(changes)) return changes;

      const who = changes ? { id: changes.id, faults: [] } : readWho(values, demo);
      const { grant, faults } = readGrant(values);
      if (grant && !isWithin(grant.customers, reader.customers)) return notYours(who.id);
      const all = [...who.faults, ...faults, ...(grant ? await unknownCustomers(grant.customers) : [])];
      if (!grant || all.length > 0) return draw(reader, { form: formId, changes, values, faults: all });

      const draft: Operator = { id: who.id, ...withBeyond(grant, changes) };
      const outcome = await operators.save(draft, seen, {
        id: effectId(formId),
        of: (before) =>
          effectOf(request, { id: draft.id, what: changes ? 'changed' : 'added', before, after: draft }),
      });
      switch (outcome.kind) {
        case 'saved': {
          const what = changes ? 'changed' : 'added';
          return done(reader, effectOf(request, { id: draft.id, what, before: null, after: draft }).result);
        }
        case 'repeated':
          return done(reader, outcome.result);
        case 'last-admin':
          return draw(reader, { form: formId, changes, values, faults: [lastAdmin(draft)] });
        case 'changed-meanwhile': {
          if (!changes) {
            const field = values['operator'] ? 'operator' : 'person';
            return draw(reader, {
              form: formId,
              changes,
              values,
              faults: [{ field, reason: 'already-operator' }],
            });
          }
          const now = await meant(request, changes.id);
          if (!isListed(now)) return now;
          const [shown] = await view([now], reader);
          const notice = word('operator-form.changedMeanwhile', {
            role: word(`roles.${now.partnerRole}`),
            customers: shown?.['customers'] as Word | string,
          });
          return draw(reader, { form: formId, changes: now, values, notice });
        }
      }
    },

    async remove(request: Request<Frozen['remove']>): Promise<Outcome> {
      const { operator: id, form: formId } = request.frozen;
      const found = await removable(request, id);
      if ('denied' in found) return found;
      const before = isListed(found) ? found : null;
      const outcome = await operators.remove(id, before && operatorFingerprint(before), {
        id: effectId(formId),
        of: (happened) => effectOf(request, { id, what: 'removed', ...happened }),
      });
      switch (outcome.kind) {
        case 'removed':
          return done(
            request.operator,
            effectOf(request, { id, what: 'removed', before, after: null }).result,
          );
        case 'repeated':
          return done(request.operator, outcome.result);
        case 'missing':
          return gone;
        case 'configured':
        case 'last-admin':
          return before ? ask(request, before, outcome.kind) : gone;
        case 'changed-meanwhile': {
          const now = await removable(request, id);
          return isListed(now) ? ask(request, now) : now;
        }
      }
    },
  };
}

const gone: Reply = { audience: 'operator', card: { name: 'operator-gone', data: {} } };

function isListed(found: ListedOperator | Reply | Denied): found is ListedOperator {
  return 'partnerRole' in found;
}

function notYours(target: string): Denied {
  const notice = { name: 'operator-not-yours', data: {} };
  return { denied: { action: 'manage_operators', customerId: null, target, roles: null, notice } };
}

function granted({ partnerRole, customers }: Operator): object {
  return { partnerRole, customers };
}

/** Customers for which the form has no room stay. */
function withBeyond(grant: Grant, changes: Operator | null): Grant {
  const { customers } = grant;
  if (customers === 'all' || !changes) return grant;
  return { ...grant, customers: [...new Set([...customers, ...beyondForm(changes)])] };
}

function lastAdmin({ partnerRole }: Operator): Fault {
  return { field: managingRoles.includes(partnerRole) ? 'customers' : 'partnerRole', reason: 'last-admin' };
}
