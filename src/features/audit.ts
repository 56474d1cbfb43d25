import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import type { Fault } from '../domain/fault';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import { auditActions, type AuditedReads, type AuditRecord, type AuditTrail } from '../ports/audit';
import { word, type CardData } from '../ports/card';
import { fileLifetime, type FilesOfForms } from '../ports/files';
import type { Page } from '../ports/page';
import type { People } from '../ports/people';
import { everything, filterFrozen, frozenFilter, isFiltered, queryOf, readFilter } from './audit-filter';
import type { AuditFilter } from './audit-filter';
import { auditTable } from './audit-table';
import { auditRow } from './audit-view';
import { choiceLimit, choiceTitle, limitChoices } from './choices';
import { changeableCustomerOf, customerOf } from './customer-view';
import { faultsByField } from './faults';
import type { CustomerRequest, Reply } from './feature';
import { personOf } from './person';
import { shortened } from './shorten';

const customerId = z.string();
export const auditFrozen = {
  /** With a key the filter is the frozen one, else the one typed. */
  page: z.strictObject({
    customerId: customerId.optional(),
    ...filterFrozen,
    after: z.string().optional(),
    before: z.string().optional(),
  }),
  export: z.strictObject({ customerId, form: z.string().refine(isFormId), ...filterFrozen }),
};
type Frozen = { readonly [Step in keyof typeof auditFrozen]: z.infer<(typeof auditFrozen)[Step]> };

const pageSize = 8;
/** Characters of a name in the list of people. */
const longestName = 32;

interface Deps {
  readonly trail: AuditTrail;
  readonly reads: AuditedReads;
  readonly people: Pick<People, 'names'>;
  readonly files: FilesOfForms;
  readonly entropy: Entropy;
}

type Names = ReadonlyMap<string, string>;

/** `/audit`: what was done for a customer, page by page or as a file. */
export function createAudit({ trail, reads, people, files, entropy }: Deps) {
  const list = async (
    request: CustomerRequest,
    filter: AuditFilter,
    { after, before }: Pick<Frozen['page'], 'after' | 'before'>,
  ): Promise<Reply> => {
    const read = queryOf(filter, request);
    const empty: Page<AuditRecord> = { items: [], previous: null, next: null };
    const [page, operators] = await Promise.all([
      'query' in read ? trail.search({ ...read.query, after, before, limit: pageSize }) : empty,
      trail.operatorsOf(request.customer.id),
    ]);
    const names = await people.names([
      ...new Set([...operators, ...page.items.map(({ operator }) => operator)]),
    ]);
    const faults = 'faults' in read ? read.faults : [];
    const data = {
      ...filterData(request, filter, faults),
      people: peopleData(request, filter, operators, names),
      ...pageData(request, filter, page, names),
      none: page.items.length > 0 || faults.length > 0 ? [] : [{ text: noneOf(filter) }],
      export:
        page.items.length > 0 ? [{ frozen: { ...buttonOf(request, filter), form: newFormId(entropy) } }] : [],
    };
    return { audience: 'operator', card: { name: 'audit', data } };
  };

  const exported = (
    request: CustomerRequest<Frozen['export']>,
    result: Readonly<Record<string, string>>,
  ): Reply => {
    const { customer, frozen } = request;
    const until = new Date(Date.parse(result.at ?? '') + fileLifetime);
    const data = {
      ...customerOf(customer),
      text: word('audit-exported.text', { count: Number(result.entries) }),
      cut: result.cut === 'true' ? [{ text: word('audit-exported.cut') }] : [],
      until: word('audit-exported.until', { at: until }),
      url: files.linkFor(frozen.form),
      back: buttonOf(request, readFilter(frozen)),
    };
    return { audience: 'operator', card: { name: 'audit-exported', data } };
  };

  return {
    /** The latest entries, those that a filter leaves, or the page before or after those shown. */
    page(request: CustomerRequest<Frozen['page'] | undefined>): Promise<Reply> {
      const { frozen, values, text } = request;
      const isFrozen = frozen !== undefined && Object.keys(frozen).some((name) => name !== 'customerId');
      const typed = { ...values, text: values.text ?? text };
      return list(request, readFilter(isFrozen ? frozen : typed), frozen ?? {});
    },

    /** Keeps what the filter finds as a file, once for each form, and puts that on record. */
    async export(request: CustomerRequest<Frozen['export']>): Promise<Reply> {
      const { customer, frozen, locale, now, operator } = request;
      const id = effectId(frozen.form);
      const first = await reads.find(id);
      if (first) return exported(request, first);
      const filter = readFilter(frozen);
      const read = queryOf(filter, request);
      if ('faults' in read) return list(request, filter, {});

      const { csv, entries, cut } = await auditTable(read.query, locale.language === 'fr' ? ';' : ',', {
        trail,
        people,
      });
      const name = `audit-${customer.defaultDomain}-${now.toISOString().slice(0, 10)}.csv`;
      await files.keepFor(frozen.form, { name, contentType: 'text/csv; charset=utf-8', bytes: csv }, now);
      const entry = {
        at: now,
        operator: operator.id,
        action: 'export_audit',
        customerId: customer.id,
        target: customer.defaultDomain,
        outcome: 'success',
        details: { after: { ...frozenFilter(filter), entries } },
      } as const;
      const result = { at: now.toISOString(), entries: String(entries), cut: String(cut) };
      return exported(request, await reads.record(id, entry, result));
    },
  };
}

function filterData(request: CustomerRequest, filter: AuditFilter, faults: readonly Fault[]): CardData {
  return {
    ...changeableCustomerOf(request.customer, 'audit'),
    values: { ...filter, operator: filter.operator || everything, action: filter.action || everything },
    faults: faultsByField(['from', 'to'], faults),
    actions: [
      { title: word('audit.everyAction'), value: everything },
      ...auditActions.map((action) => ({ title: word(`auditActions.${action}`), value: action })),
    ],
    show: { customerId: request.customer.id },
  };
}

/** Who can be chosen; with very many, those whose name is searched for. */
function peopleData(
  { values }: CustomerRequest,
  { operator }: AuditFilter,
  operators: readonly string[],
  names: Names,
): CardData {
  const nameOf = (id: string): string => shortened(names.get(id) ?? id, longestName);
  const everybody = [...new Set([...operators, ...(operator === '' ? [] : [operator])])];
  const byName = everybody.sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
  const find = values.find ?? '';
  const { shown, more } = limitChoices(byName, { text: nameOf, chosen: (id) => id === operator, find });
  const fits = shown.slice(0, choiceLimit - 1);
  const choiceOf = (id: string): CardData => {
    const person = personOf(id, names);
    return { title: typeof person === 'string' ? choiceTitle(nameOf(id)) : person, value: id };
  };
  return {
    choices: [{ title: word('audit.everybody'), value: everything }, ...fits.map(choiceOf)],
    search: more || shown.length > fits.length ? [{ find }] : [],
  };
}

function pageData(
  request: CustomerRequest,
  filter: AuditFilter,
  { items, previous, next }: Page<AuditRecord>,
  names: Names,
): CardData {
  const frozen = buttonOf(request, filter);
  return {
    entries: items.map((entry) => auditRow(entry, names)),
    previous: previous === null ? [] : [{ frozen: { ...frozen, before: previous } }],
    next: next === null ? [] : [{ frozen: { ...frozen, after: next } }],
  };
}

function buttonOf({ customer }: CustomerRequest, filter: AuditFilter): CardData {
  return { customerId: customer.id, ...frozenFilter(filter) };
}

function noneOf(filter: AuditFilter) {
  return word(isFiltered(filter) ? 'audit.none' : 'audit.empty');
}
