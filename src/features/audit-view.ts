import { productName } from '../domain/license';
import { partnerRoles } from '../domain/permission';
import type { AuditRecord } from '../ports/audit';
import { word, type CardData, type Word } from '../ports/card';
import { locationName, roleName } from './known-names';
import { personOf } from './person';
import { shortened } from './shorten';

/** What is read of a field by its name; other fields are called as they are stored. */
const labelled: ReadonlySet<string> = new Set([
  'userPrincipalName',
  'displayName',
  'givenName',
  'surname',
  'usageLocation',
  'jobTitle',
  'department',
  'roles',
  'licenses',
  'accountEnabled',
  'restoreBy',
  'name',
  'defaultDomain',
  'domains',
  'seats',
  'partnerRole',
  'customers',
  'entries',
  'email',
]);

const mostChanges = 4;
const mostParts = 5;
/** Characters. */
const longestText = 40;
const longestName = 64;

type Text = string | Word;

/** An entry as a list shows it: who did what to whom, when, and what changed. */
export function auditRow(entry: AuditRecord, names: ReadonlyMap<string, string>): CardData {
  const person = personOf(entry.operator, names);
  const changes = changesOf(entry);
  const left = changes.length - mostChanges;
  return {
    action: word(`auditActions.${entry.action}`),
    outcome: entry.outcome === 'success' ? [] : [{ text: word(`auditOutcomes.${entry.outcome}`) }],
    target: entry.target,
    at: entry.at,
    person: typeof person === 'string' ? shortened(person, longestName) : person,
    changes: [
      ...changes.slice(0, mostChanges),
      ...(left > 0 ? [word('audit.more', { number: left })] : []),
    ].map((text) => ({ text })),
  };
}

/** One line for each field that differs, or, where there is only one side, for each that says something more. */
function changesOf({ details, target }: AuditRecord): Word[] {
  const before = fieldsOf(details?.before);
  const after = fieldsOf(details?.after);
  const compared = details?.before !== undefined && details.after !== undefined;
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.flatMap((name) => {
    const [old, now] = [before[name], after[name]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const field = labelOf(name);
    if (compared && name in before && name in after) {
      return [word('audit.changed', { field, before: valueOf(name, old), after: valueOf(name, now) })];
    }
    const only = now ?? old;
    return isEmpty(only) || only === target
      ? []
      : [word('audit.said', { field, value: valueOf(name, only) })];
  });
}

function fieldsOf(side: object | undefined): Readonly<Record<string, unknown>> {
  return (side ?? {}) as Readonly<Record<string, unknown>>;
}

function labelOf(field: string): Text {
  return labelled.has(field) ? word(`audit.field.${field}`) : shortened(field, longestText);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && !(value instanceof Date) && Object.keys(value).length === 0;
}

function valueOf(field: string, value: unknown): Text | Date {
  if (isEmpty(value)) return word('audit.nothing');
  if (typeof value === 'boolean') return word(value ? 'audit.yes' : 'audit.no');
  if (value instanceof Date) return value;
  if (isList(value)) return listed(value.map((one) => partOf(field, one)));
  if (typeof value === 'object') {
    return listed(Object.entries(value as object).map(([name, one]) => `${name}=${plain(one)}`));
  }
  return partOf(field, value);
}

/** As people call it, where it is something that has a name. */
function partOf(field: string, value: unknown): Text {
  const text = plain(value);
  switch (field) {
    case 'usageLocation':
      return locationName(text);
    case 'roles':
      return nameOrText(roleName(text));
    case 'licenses':
      return shortened(productName(text), longestText);
    case 'partnerRole':
      return partnerRoles.some((role) => role === text)
        ? word(`roles.${text}`)
        : shortened(text, longestText);
    default:
      return shortened(text, longestText);
  }
}

function nameOrText(name: Text): Text {
  return typeof name === 'string' ? shortened(name, longestText) : name;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The first few, one after the other. */
function listed(parts: readonly Text[]): Text {
  const named: readonly Text[] = parts.length > mostParts ? [...parts.slice(0, mostParts), '…'] : parts;
  return named.reduce((before, next) => word('audit.list', { before, next }));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
