import { newFormId } from '../../src/domain/hand-over';
import { checkedCard, type CheckedView } from '../../src/features/import-checked-card';
import { customerCard, readingCard } from '../../src/features/import-receive';
import { goneCard } from '../../src/features/import-denied';
import { openCard } from '../../src/features/import-open-card';
import { progressCard } from '../../src/features/import-progress-card';
import { refusedCard, type Refusal, type RefusalReason } from '../../src/features/import-refused';
import { resultCard, type ResultView } from '../../src/features/import-result-card';
import { undoAskCard, undoneCard } from '../../src/features/import-undo-cards';
import type { Card } from '../../src/ports/card';
import type { ImportRecord, UndoneImport } from '../../src/ports/imports';
import type { CardSample } from './card-samples';
import { importHandOverSamples, issueOf } from './card-samples-import-hand-over';
import {
  contoso,
  extremeCustomer,
  extremeUsers,
  handOverOf,
  hostileName,
  sampleEntropy,
  sampleForm,
  sampleNow,
  zoe,
} from './sample-data';
import {
  doneImport,
  extremeImport,
  changedRows,
  letteredImport,
  licensesImport,
  many,
  mixedImport,
  mostChanges,
  namesImport,
  nothingReady,
  runningImport,
  sampleImport,
} from './sample-import';

const publicUrl = 'https://rollcall.partner.example';
const fileUrl = `${publicUrl}/f/${newFormId(sampleEntropy)}`;
const frozen = { customerId: contoso.id, importId: sampleImport.id };

export function importSamples(): CardSample[] {
  return [
    ...openSamples(),
    ...checkedSamples(),
    ...runningSamples(),
    ...resultSamples(),
    ...importHandOverSamples(),
    ...undoSamples(),
    ...refusedSamples(),
    { card: readingCard('nouveaux.csv', sampleNow), as: 'typical' },
    { card: readingCard(hostileName, sampleNow), as: 'long name', extreme: true },
    { card: customerCard('nouveaux.csv', sampleImport.id), as: 'typical' },
    { card: customerCard(hostileName, sampleImport.id), as: 'long name', extreme: true },
    { card: goneCard(contoso.id), as: 'typical' },
  ];
}

function openSamples(): CardSample[] {
  const templates = { users: fileUrl, licenses: fileUrl };
  const latest = [runningImport, doneImport, sampleImport, { ...doneImport, undo: undoOf({ removed: 36 }) }];
  const at = { customer: contoso, templates, latest: [] };
  return [
    { card: openCard({ ...at, kind: 'personal' }), as: 'first' },
    { card: openCard({ ...at, kind: 'personal', latest }), as: 'with the latest' },
    { card: openCard({ ...at, kind: 'group' }), as: 'group' },
    { card: openCard({ ...at, kind: 'channel' }), as: 'channel' },
    {
      card: openCard({
        ...at,
        customer: extremeCustomer,
        kind: 'channel',
        latest: many(5, () => extremeImport),
      }),
      as: 'long names',
      extreme: true,
    },
  ];
}

function checkedSamples(): CardSample[] {
  const draw = (record: ImportRecord, view: Partial<CheckedView> = {}): Card =>
    checkedCard(record, { form: sampleForm, values: {}, faults: [], reportUrl: null, ...view });
  const refused = [{ field: 'usageLocation', reason: 'location-needed-for-license' } as const];
  const seats = [{ field: 'licenses', reason: 'no-seats', names: ['Power BI Pro'] } as const];
  return [
    { card: draw(sampleImport), as: 'all ready' },
    { card: draw(mixedImport), as: 'not all ready' },
    { card: draw(mixedImport, { values: { licenses: 'EMS' }, faults: refused }), as: 'location missing' },
    {
      card: draw(sampleImport, { values: { licenses: 'POWER_BI_PRO' }, faults: seats }),
      as: 'seats missing',
    },
    { card: draw(licensesImport), as: 'licenses' },
    { card: draw(namesImport), as: 'names' },
    { card: draw(letteredImport), as: 'letters' },
    { card: draw({ ...letteredImport, letters: null }), as: 'no letters here' },
    { card: draw(nothingReady), as: 'nothing ready' },
    {
      card: draw(extremeImport, { reportUrl: fileUrl, faults: [...refused, ...seats] }),
      as: 'a million rows',
      extreme: true,
    },
    {
      card: draw({ ...extremeImport, content: 'names' }, { reportUrl: fileUrl }),
      as: 'a million names',
      extreme: true,
    },
  ];
}

function runningSamples(): CardSample[] {
  const draw = (changes: Partial<ImportRecord> = {}): Card =>
    progressCard({ ...runningImport, ...changes }, sampleNow);
  const fast = { total: 100, created: 0, skipped: 0, failed: 0, startedAt: sampleNow };
  return [
    { card: draw(fast), as: 'just started' },
    { card: draw(), as: 'on its way' },
    { card: draw({ cancelRequested: true }), as: 'stopping' },
    { card: draw({ phase: 'passwords', created: 98_100 }), as: 'passwords' },
    { card: draw({ phase: 'passwords', content: 'licenses', created: 98_100 }), as: 'result on its way' },
    {
      card: draw({ ...extremeImport, state: 'running', startedAt: new Date(0), created: 1 }),
      as: 'slow',
      extreme: true,
    },
  ];
}

function resultSamples(): CardSample[] {
  const handOver = handOverOf([zoe]);
  const failedRows = { url: fileUrl, form: sampleForm, rows: 6 };
  const usual = {
    now: sampleNow,
    publicUrl,
    handOver,
    token: newFormId(sampleEntropy),
    failedRows,
    notice: [],
  };
  const draw = (record: ImportRecord, view: Partial<ResultView> = {}): Card =>
    resultCard(record, { ...usual, ...view });
  const opened = handOverOf([zoe], { state: 'opened', openedAt: sampleNow });
  const nobody = { ...doneImport, created: 0, skipped: 46, failed: 0, handOverId: null };
  return [
    { card: draw(doneImport), as: 'done' },
    { card: draw({ ...doneImport, skipped: 0, failed: 0 }, { failedRows: null }), as: 'all created' },
    { card: draw(doneImport, { handOver: opened, token: null, failedRows: null }), as: 'sheet opened' },
    { card: draw({ ...doneImport, lettered: 12 }), as: 'letters' },
    {
      card: draw({ ...doneImport, issue: issueOf({ issued: 33, signedIn: 2, gone: 1 }) }),
      as: 'issued again',
    },
    { card: draw(nobody, { handOver: null, failedRows: null }), as: 'nobody created' },
    { card: draw({ ...doneImport, changed: changedRows }), as: 'changed since the check' },
    { card: draw({ ...doneImport, state: 'cancelled' }), as: 'stopped' },
    { card: draw({ ...doneImport, state: 'failed' }), as: 'ended early' },
    {
      card: draw({ ...doneImport, content: 'licenses', handOverId: null }, { handOver: null }),
      as: 'licenses',
    },
    {
      card: draw(
        {
          ...extremeImport,
          state: 'done',
          created: 400_000,
          skipped: 300_000,
          failed: 300_000,
          changed: mostChanges,
          finishedAt: sampleNow,
          lettered: 300_000,
          issue: issueOf({ issued: 90_000, signedIn: 5_000, guarded: 4_000, gone: 1_000 }),
        },
        { handOver: handOverOf(extremeUsers(200)), failedRows: { ...failedRows, rows: 90_000 } },
      ),
      as: 'a million rows',
      extreme: true,
    },
  ];
}

function undoOf(changes: Partial<UndoneImport>): UndoneImport {
  const undo = {
    at: sampleNow,
    by: 'web:ada',
    finished: true,
    removed: 36,
    changed: 0,
    guarded: 0,
    left: [],
  };
  return { ...undo, ...changes };
}

function undoSamples(): CardSample[] {
  const left = [{ userPrincipalName: zoe.userPrincipalName, why: 'changed' } as const];
  const most = extremeUsers(10).map(({ userPrincipalName }) => ({
    userPrincipalName,
    why: 'guarded' as const,
  }));
  return [
    { card: undoAskCard(doneImport, sampleForm, frozen), as: 'typical' },
    {
      card: undoAskCard({ ...extremeImport, created: 400_000 }, sampleForm, frozen),
      as: 'a million rows',
      extreme: true,
    },
    { card: undoneCard(doneImport, undoOf({})), as: 'all' },
    { card: undoneCard(doneImport, undoOf({ removed: 35, changed: 1, left })), as: 'one left' },
    { card: undoneCard(doneImport, undoOf({ removed: 12, finished: false })), as: 'going on' },
    {
      card: undoneCard(
        extremeImport,
        undoOf({ removed: 390_000, changed: 5_000, guarded: 5_000, left: most }),
      ),
      as: 'many left',
      extreme: true,
    },
  ];
}

function refusedSamples(): CardSample[] {
  const draw = (reason: RefusalReason, refusal: Partial<Refusal> = {}): CardSample => ({
    card: refusedCard('nouveaux.csv', { reason, ...refusal }, 256 * 1024 * 1024),
    as: reason,
  });
  const missing = [
    { field: 'userPrincipalName', heading: 'Adresse e-mail', nearest: 'Adresse' },
    { field: 'displayName', heading: 'Nom complet', nearest: null },
  ] as const;
  const longest = many(15, () => ({ field: 'roles', heading: hostileName, nearest: hostileName }) as const);
  return [
    draw('too-large'),
    draw('binary'),
    draw('empty'),
    draw('no-known-heading', { line: 1, missing }),
    draw('heading-twice', { line: 1, heading: 'E-mail' }),
    draw('missing-headings', { line: 1, missing }),
    draw('line-too-long', { line: 812 }),
    draw('quote-not-closed', { line: 4_711 }),
    draw('too-many-columns', { line: 1 }),
    draw('unreadable-xlsx'),
    draw('xlsx-too-large'),
    draw('protected-xlsx'),
    draw('old-xls'),
    draw('not-arrived'),
    draw('expired'),
    draw('not-permitted'),
    draw('not-kept'),
    {
      card: refusedCard(
        hostileName,
        { reason: 'missing-headings', line: 1, missing: longest, heading: hostileName },
        1,
      ),
      as: 'long names',
      extreme: true,
    },
  ];
}
