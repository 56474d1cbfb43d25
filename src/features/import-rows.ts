import { importReasons, type ImportFault, type ImportField } from '../domain/import-fault';
import { word, type Word } from '../ports/card';

/** Reasons that are said otherwise of a row than of a form. */
const ofRows = new Set<ImportFault['reason']>([
  ...importReasons,
  'required',
  'unknown-domain',
  'unknown-customer',
  'unknown-location',
  'location-needed-for-license',
  'no-seats',
  'taken',
  'gone',
]);

/** Reasons that have a name of their own where rows are counted by them. */
const counted = new Set<ImportFault['reason']>([
  ...ofRows,
  'too-long',
  'too-many',
  'control-characters',
  'not-allowed-characters',
  'more-than-one-at',
  'dot-before-at',
  'other-domain',
  'unknown-license',
  'unknown-role',
  'role-not-allowed',
  'given-and-taken',
  'listed-twice',
  'own-address',
]);

/** What is wrong with a row, as a sentence. */
export function reasonOf({ reason, limit = 0, names = [] }: ImportFault): Word {
  const section = ofRows.has(reason) ? 'import-rows.reason' : 'faults';
  return word(`${section}.${reason}`, { limit, names: names.join(', ') });
}

/** The same in few words, for many rows at once. */
export function reasonInGeneral(reason: ImportFault['reason']): Word {
  return word(`import-rows.general.${counted.has(reason) ? reason : 'other'}`);
}

export function fieldName(field: ImportField): Word {
  return word(`import-rows.field.${field}`);
}
