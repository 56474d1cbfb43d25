import { userColumns } from '../domain/import-fault';
import type { Language } from '../ports/chat';
import type { Field, TableTemplate } from '../ports/tables';
import { usualSeparator } from './open-csv';
import { labelFor } from './vocabulary';

type Content = 'users' | 'licenses';
type Example = Readonly<Partial<Record<Field, string>>>;

/** Read, but not asked for. */
const seldom: ReadonlySet<Field> = new Set(['customer', 'blockSignIn']);
const columns: Readonly<Record<Content, readonly Field[]>> = {
  users: [...userColumns.filter((column) => !seldom.has(column)), 'statusUpdate'],
  licenses: ['userPrincipalName', 'license', 'action', 'statusUpdate'],
};

const examples: Readonly<Record<Language, Example>> = {
  en: {
    givenName: 'Anne',
    surname: 'Martin',
    displayName: 'Anne Martin',
    userPrincipalName: 'anne.martin@example.com',
    usageLocation: 'GB',
    jobTitle: 'Accountant',
    department: 'Finance',
    license: 'Office 365 E3',
    action: 'assign',
  },
  fr: {
    givenName: 'Anne',
    surname: 'Martin',
    displayName: 'Anne Martin',
    userPrincipalName: 'anne.martin@example.com',
    usageLocation: 'FR',
    jobTitle: 'Comptable',
    department: 'Finances',
    license: 'Office 365 E3',
    action: 'assign',
  },
};

/** A file to fill in, with one row that shows how: it opens in a spreadsheet of that language as it stands. */
export function templateOf(content: Content, language: Language): TableTemplate {
  const family = content === 'users' ? 'partner-center' : 'rollcall';
  const example = examples[language];
  return {
    dialect: {
      ...{ family, language, format: 'csv', encoding: 'utf-8', bom: true, newline: '\r\n' },
      ...{ separator: usualSeparator(language), sepLine: false, versionLine: false },
      headings: columns[content].map((field) => labelFor(field, language, family)),
      guessed: { encoding: false, separator: false },
    },
    rows: [{ raw: columns[content].map((field) => example[field] ?? ''), status: '' }],
  };
}
