import { userColumns } from '../domain/import-fault';
import {
  mostColumns,
  type Field,
  type HeadingLanguage,
  type MissingHeading,
  type TableContent,
  type TableFamily,
  type TableRefused,
} from '../ports/tables';
import { isPasswordHeading, knownHeading, labelFor, languageOf, nearestHeading } from './vocabulary';

export interface Columns {
  readonly kind: 'columns';
  readonly content: TableContent;
  readonly family: TableFamily;
  readonly language: HeadingLanguage;
  readonly headings: readonly string[];
  /** By column; null where it is ignored or holds passwords. */
  readonly fields: readonly (Field | null)[];
  readonly passwords: readonly number[];
  readonly unknown: readonly string[];
  readonly missing: readonly MissingHeading[];
  /** Columns up to the last one with a heading: a row has at least as many cells. */
  readonly named: number;
}

const used: Readonly<Record<TableContent, readonly Field[]>> = {
  users: [...userColumns, 'statusUpdate'],
  licenses: ['userPrincipalName', 'license', 'action', 'customer', 'statusUpdate'],
  names: ['userPrincipalName', 'customer', 'statusUpdate'],
};
const needed: Readonly<Record<TableContent, readonly Field[]>> = {
  users: ['displayName', 'userPrincipalName'],
  licenses: ['userPrincipalName', 'license', 'action'],
  names: ['userPrincipalName'],
};

/** What the columns of a file are, by its headings alone. */
export function recogniseColumns(headings: readonly string[]): Columns | TableRefused {
  if (headings.length > mostColumns) return { kind: 'refused', reason: 'too-many-columns' };
  const passwords = headings.flatMap((heading, at) => (isPasswordHeading(heading) ? [at] : []));
  const known = headings.map((heading, at) => (passwords.includes(at) ? null : knownHeading(heading)));
  const language = languageOf(headings);
  const content = contentOf(headings, known, language);
  const family = familyOf(known, content);
  const found = known.map((one) => fieldWithin(content, one?.field));
  const unknown = headings.filter((heading, at) => heading !== '' && !passwords.includes(at) && !found[at]);
  const look = { found, language, family, unknown };

  const lacking = missingOf(needed[content], look);
  if (known.every((one) => one === null)) {
    return { kind: 'refused', reason: 'no-known-heading', missing: lacking };
  }
  const twice = headingTwice(headings, found);
  if (twice !== null) return { kind: 'refused', reason: 'heading-twice', heading: twice };
  if (lacking.length > 0) return { kind: 'refused', reason: 'missing-headings', missing: lacking };
  return {
    ...{ kind: 'columns', content, family, language, headings, passwords, unknown },
    fields: found,
    missing: missingOf(content === 'users' ? userColumns : used[content], look),
    named: headings.findLastIndex((heading) => heading !== '') + 1,
  };
}

type Known = ReturnType<typeof knownHeading>;

function familyOf(known: readonly Known[], content: TableContent): TableFamily {
  const families = known.map((one) => one?.family ?? null);
  if (families.includes('entra')) return 'entra';
  const own = content === 'users' ? 'partner-center' : 'rollcall';
  return families.find((family) => family !== null) ?? own;
}

/** Names alone are taken for such only when no other heading could have been meant for one of ours. */
function contentOf(
  headings: readonly string[],
  known: readonly Known[],
  language: HeadingLanguage,
): TableContent {
  const has = (...wanted: readonly Field[]) =>
    known.some((one) => one !== null && wanted.includes(one.field));
  const isPerson = has('givenName', 'surname', 'displayName');
  if (has('license', 'licenses') && (has('action') || (has('license') && !isPerson))) return 'licenses';
  const others = headings.filter((heading, at) => heading !== '' && known[at] === null);
  const isMeant = userColumns.some((field) => nearestHeading(field, language, others) !== null);
  const beyondNames = userColumns.filter((field) => !used.names.includes(field));
  return has('userPrincipalName') && !has(...beyondNames) && !isMeant ? 'names' : 'users';
}

/** One license or several is the file's content, not the heading's grammar. */
function fieldWithin(content: TableContent, field: Field | undefined): Field | null {
  if (field === undefined) return null;
  const asked = { users: { license: 'licenses' }, licenses: { licenses: 'license' }, names: {} } as const;
  const renamed: Partial<Record<Field, Field>> = asked[content];
  const meant = renamed[field] ?? field;
  return used[content].includes(meant) ? meant : null;
}

function headingTwice(headings: readonly string[], found: readonly (Field | null)[]): string | null {
  const seen = new Set<string>();
  for (const [at, heading] of headings.entries()) {
    if (heading === '') continue;
    const keys = [`text ${heading.toLowerCase().replace(/\s+/g, ' ')}`, `field ${found[at] ?? at}`];
    if (keys.some((key) => seen.has(key))) return heading;
    for (const key of keys) seen.add(key);
  }
  return null;
}

interface Look {
  readonly found: readonly (Field | null)[];
  readonly language: HeadingLanguage;
  readonly family: TableFamily;
  readonly unknown: readonly string[];
}

function missingOf(wanted: readonly Field[], look: Look): MissingHeading[] {
  return wanted
    .filter((field) => !look.found.includes(field) && field !== 'statusUpdate')
    .map((field) => ({
      field,
      heading: labelFor(field, look.language, look.family),
      nearest: nearestHeading(field, look.language, look.unknown),
    }));
}
