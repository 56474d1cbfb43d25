import type { Accounts } from './directory/mongo/accounts';
import { createMongoImportAccounts } from './directory/mongo/import-accounts';
import { createMongoUndos } from './directory/mongo/import-undo';
import type { Entropy } from './domain/entropy';
import { createImport } from './features/import';
import { createImportFiles } from './features/import-files';
import { createImportProgress } from './features/import-progress';
import { createReadings } from './features/import-readings';
import { lostCard } from './features/import-receive';
import { createImportWorker } from './features/import-run';
import { createImports } from './features/imports';
import type { LookAgain } from './features/live-cards';
import { lookAtHandOvers } from './features/live-hand-overs';
import { lookAtImports, lookAtLetters, lookAtResults } from './features/live-imports';
import type { PickedId } from './features/picked-customer';
import { createSignal, type Signal } from './features/signal';
import type { Clock } from './ports/clock';
import type { Directory } from './ports/directory';
import type { Files, FilesOfForms } from './ports/files';
import type { HandOvers } from './ports/hand-overs';
import type { ImportWorker } from './ports/imports';
import type { Letters } from './ports/letters';
import type { LiveCards } from './ports/live-cards';
import type { Log } from './ports/log';
import type { Messenger } from './ports/messenger';
import { createMongoAudit } from './storage/audit';
import type { Database } from './storage/connection';
import { createMongoIssues } from './storage/import-issues';
import { createMongoSheets } from './storage/import-sheets';
import { createMongoImports } from './storage/imports';
import type { Records } from './storage/records';
import { createMongoUploads } from './storage/uploads';
import { createTables } from './tables/tables';
import type { Words } from './words/words';

export interface ImportingParts {
  readonly connection: Database['connection'];
  readonly records: Records;
  readonly accounts: Accounts;
  readonly directory: Directory;
  readonly handOvers: HandOvers;
  readonly files: Files & FilesOfForms;
  readonly letters: Pick<Letters, 'find' | 'ofImport'>;
  readonly liveCards: LiveCards;
  readonly pickedId: PickedId;
  readonly words: Pick<Words, 't'>;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly publicUrl: string;
  /** Of a file. */
  readonly maxBytes: number;
  /** A mail server is configured. */
  readonly mails: boolean;
}

/** Imports behind the doors: what answers, what looks at the cards again, and what does the work. */
export interface Importing {
  readonly feature: ReturnType<typeof createImport>;
  readonly liveKinds: Readonly<Record<'hand-over' | 'import' | 'letters' | 'reading' | 'result', LookAgain>>;
  /** There is an import to run. */
  readonly due: Signal;
  /** A card that stands in a chat has changed. */
  readonly changed: Signal;
  /** Shows how imports stand through `messenger`. */
  createWorker(messenger: Pick<Messenger, 'update' | 'post'>): ImportWorker;
}

export function createImporting(parts: ImportingParts): Importing {
  const { connection, records, accounts, directory, handOvers, letters, liveCards, words } = parts;
  const { clock, entropy, log, maxBytes, mails, pickedId, publicUrl } = parts;
  const tables = createTables();
  const store = createMongoImports({ connection, records });
  const uploads = createMongoUploads({ connection });
  const sheets = createMongoSheets({ connection, records });
  const undos = createMongoUndos({ connection, records, accounts });
  const issues = createMongoIssues({ connection, records });
  const doing = { store, uploads, undos, issues, entropy, clock, log };
  const imported = createMongoImportAccounts({ connection, accounts, records, entropy });
  const [due, changed] = [createSignal(), createSignal()];
  const imports = createImports({
    ...doing,
    ...{ tables, accounts: imported, directory, maxBytes, mails, wake: () => due.ring() },
  });
  const files = createImportFiles({
    ...{ imports, tables, files: parts.files },
    say: ({ $word, with: params }, locale) => words.t(locale, $word, params),
  });
  const readings = createReadings({ liveCards, ring: () => changed.ring(), clock, entropy, log });
  const shown = { handOvers, letters, files, clock, entropy, log, publicUrl, mails };
  const lookAtResult = lookAtResults({ imports, handOvers, publicUrl });
  const lookAtHandOver = lookAtHandOvers({ handOvers, letters });

  return {
    feature: createImport({
      ...shown,
      ...{ imports, directory, pickedId, readings, audit: createMongoAudit(records), maxBytes },
    }),
    liveKinds: {
      'hand-over': (live, now) =>
        live.card.name === 'import-result' ? lookAtResult(live, now) : lookAtHandOver(live, now),
      import: lookAtImports({ imports, liveCards, handOvers, publicUrl }),
      letters: lookAtLetters({ imports, letters, mails }),
      result: lookAtResult,
      reading: readings.look(lostCard),
    },
    due,
    changed,
    createWorker: (messenger) =>
      createImportWorker({
        ...{ ...doing, accounts: imported, sheets },
        progress: createImportProgress({ ...shown, liveCards, messenger }),
      }),
  };
}
