import type { Fault } from '../domain/fault';
import { word, type Card, type CardData, type CardValue } from '../ports/card';
import type { DryRun } from '../ports/import-dry-run';
import type { ImportRecord } from '../ports/imports';
import { faultsByField } from './faults';
import { choiceFields, choicesData } from './import-choices';
import { customersOf, fileNameOf, headOf } from './import-head';
import { previewData, problemsData, seatsData } from './import-dry-run';
import { namesInBrief, shortened } from './shorten';

const mostNearMisses = 2;

export interface CheckedView {
  /** Good for one start; a redrawn card has the same. */
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];
  /** The very same file is being imported by somebody else. */
  readonly busy?: boolean;
  /** Rows that are not ready, as a file, where there are more than the card can name; of very many, the first. */
  readonly reportUrl: string | null;
}

/** What a file would do, what of it would not be done and why, and what can be chosen before it is imported. */
export function checkedCard(record: ImportRecord, view: CheckedView): Card {
  const { form, values, faults, reportUrl, busy = false } = view;
  const { id, customerId, content, dryRun } = record;
  const startable = dryRun.ready > 0 && customerId !== null;
  const customers = customersOf(record);
  const data: CardData = {
    ...headOf(record),
    title: word(`import-checked.title.${content}`, { count: dryRun.ready }),
    fileName: fileNameOf(record),
    faulty: faults.length > 0,
    counts: countsOf(dryRun),
    customers: customers.shown.map(({ name, defaultDomain, ready }) => ({
      name: shortened(name, 60),
      text: word('import-checked.customer', { domain: defaultDomain, count: ready }),
    })),
    moreCustomers:
      customers.more > 0 ? [{ text: word('import-checked.moreCustomers', { count: customers.more }) }] : [],
    ...seatsData(record),
    notes: [...notesOf(dryRun, busy), ...lettersOf(record)],
    ...problemsData(dryRun),
    report: reportUrl === null ? [] : [{ url: reportUrl }],
    ...previewData(record),
    ...choicesData(record, form, values),
    faults: faultsByField(choiceFields, faults),
    start: startable
      ? [
          {
            title: word(`import-checked.start.${content}`, { count: dryRun.ready }),
            frozen: { customerId, importId: id, form },
          },
        ]
      : [],
    again: startable ? [] : [{}],
  };
  const again = { verb: 'import.refresh', frozen: { customerId, importId: id, form } };
  return startable ? { name: 'import-checked', data, again } : { name: 'import-checked', data };
}

function countsOf(run: DryRun): CardData[] {
  const line = (name: string, count: number, color: string): CardData[] =>
    count > 0 ? [{ text: word(`import-checked.count.${name}`, { count }), color }] : [];
  return [
    { text: word('import-checked.count.rows', { count: run.rows }), color: 'Default' },
    {
      text: word('import-checked.count.ready', { count: run.ready }),
      color: run.ready > 0 ? 'Good' : 'Default',
    },
    ...line('alreadyThere', run.alreadyThere, 'Default'),
    ...line('duplicates', run.duplicates, 'Default'),
    ...line('unchanged', run.unchanged, 'Default'),
    ...line('notReady', run.notReady, 'Attention'),
  ];
}

/** What the reader should know besides. */
function notesOf(run: DryRun, busy: boolean): CardValue[] {
  const { withRoles, rolesNotAllowed, unknownHeadings, nearMisses, passwordHeadings, guessed } = run;
  const ignored = unknownHeadings.filter((heading) => !nearMisses.some((miss) => miss.heading === heading));
  const note = (is: boolean, name: string, params = {}): CardData[] =>
    is ? [{ text: word(`import-checked.note.${name}`, params) }] : [];
  return [
    ...note(busy, 'busy'),
    ...nearMisses.slice(0, mostNearMisses).map(({ heading, meant }) => ({
      text: word('import-checked.note.nearMiss', { heading: shortened(heading, 32), meant }),
    })),
    ...note(rolesNotAllowed > 0, 'rolesNotAllowed', { count: rolesNotAllowed }),
    ...note(withRoles > 0, 'withRoles', { count: withRoles }),
    ...note(passwordHeadings.length > 0, 'passwords', { names: namesInBrief(passwordHeadings) }),
    ...note(ignored.length > 0, 'unknown', { names: namesInBrief(ignored) }),
    ...note(guessed.encoding, 'encoding'),
  ];
}

/** Who gets the link by letter, and who stands on the sheet; of a file without addresses nothing is said. */
function lettersOf({ letters, dryRun: { ready, withEmail } }: ImportRecord): CardData[] {
  const note = (name: string, count: number): CardData[] =>
    count > 0 ? [{ text: word(`import-checked.note.${name}`, { count }) }] : [];
  if (letters === null) return note('noLetters', withEmail);
  return withEmail > 0 ? [...note('letters', withEmail), ...note('onSheet', ready - withEmail)] : [];
}
