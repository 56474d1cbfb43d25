import type { ImportFault } from '../domain/import-fault';
import { word, type Word } from '../ports/card';
import type { Locale } from '../ports/chat';
import { mostFileBytes, type Files, type FilesOfForms, type NewFile } from '../ports/files';
import type { ImportRecord, Imports, ReportedRow } from '../ports/imports';
import type { Dialect, Tables, WrittenRow } from '../ports/tables';
import { fieldName, reasonOf } from './import-rows';
import { notDone } from './import-changes';
import type { FailedRowsLink } from './import-result-card';
import { rowsUnnamed } from './import-dry-run';
import { shortened } from './shorten';

export interface ImportFilesDeps {
  readonly imports: Pick<Imports, 'problems' | 'failedRows'>;
  readonly tables: Pick<Tables, 'write' | 'templateOf'>;
  readonly files: Files & FilesOfForms;
  /** A word in the language of a reader. */
  readonly say: (word: Word, locale: Locale) => string;
}

/** A file is cut so long before it is full, as what is written last comes in one piece. */
const margin = 256 * 1024;

/** Files that an import gives back: templates, and rows with the reason why they were not done. */
export function createImportFiles({ imports, tables, files, say }: ImportFilesDeps) {
  const statusOf = (faults: readonly ImportFault[], locale: Locale): string =>
    faults
      .map((fault) => {
        const reason = say(reasonOf(fault), locale);
        return fault.field === 'row' ? reason : `${say(fieldName(fault.field), locale)}: ${reason}`;
      })
      .join(' ');

  /** Rows as they were sent, each with its reason, as many as there is room for. */
  const written = async (record: ImportRecord, rows: AsyncIterable<ReportedRow>) => {
    let bytes = 0;
    let count = 0;
    async function* withStatus(): AsyncGenerator<WrittenRow> {
      for await (const { raw, faults } of rows) {
        if (bytes > mostFileBytes - margin) return;
        count += 1;
        yield { raw, status: statusOf(faults, record.locale) };
      }
    }
    const pieces: Buffer[] = [];
    for await (const piece of tables.write(record.dialect, withStatus())) {
      bytes += piece.length;
      pieces.push(piece);
    }
    return { bytes: Buffer.concat(pieces), count };
  };

  const fileOf = (record: ImportRecord, kind: 'failed' | 'report', bytes: Buffer): NewFile => {
    const [own = record.id] = /[^/\\]+$/.exec(record.fileName.replace(/\.[^./\\]*$/, '')) ?? [];
    const name = shortened(own, 100);
    return {
      name: say(word(`import-rows.fileName.${kind}`, { name }), record.locale),
      contentType: typeOf(record.dialect),
      bytes,
    };
  };

  const template = async (content: 'users' | 'licenses', locale: Locale, now: Date): Promise<string> => {
    const { dialect, rows } = tables.templateOf(content, locale.language);
    const pieces: Buffer[] = [];
    for await (const piece of tables.write(dialect, each(rows))) pieces.push(piece);
    const name = say(word(`import-rows.fileName.template.${content}`), locale);
    return files.keep({ name, contentType: typeOf(dialect), bytes: Buffer.concat(pieces) }, now);
  };

  return {
    /** All rows of a dry run that are not ready, where its card cannot name them all; the same for the same form. */
    async report(record: ImportRecord, form: string, now: Date): Promise<string | null> {
      if (rowsUnnamed(record.dryRun) === 0) return null;
      const { bytes } = await written(record, imports.problems(record.id));
      await files.keepFor(form, fileOf(record, 'report', bytes), now);
      return files.linkFor(form);
    },

    /** The link to a report that was made before. */
    reportLink: ({ dryRun }: ImportRecord, form: string): string | null =>
      rowsUnnamed(dryRun) === 0 ? null : files.linkFor(form),

    /** Rows that were not done, to be corrected and sent again; null where there are none. */
    async failedRows(record: ImportRecord, form: string, now: Date): Promise<FailedRowsLink | null> {
      if (notDone(record) === 0) return null;
      const { bytes, count } = await written(record, imports.failedRows(record.id));
      await files.keepFor(form, fileOf(record, 'failed', bytes), now);
      return { url: files.linkFor(form), form, rows: count };
    },

    /** The same file again: whoever sees a card once more needs no new one. */
    failedRowsLink: (form: string): FailedRowsLink => ({ url: files.linkFor(form), form, rows: null }),

    async templates(
      locale: Locale,
      now: Date,
    ): Promise<{ readonly users: string; readonly licenses: string }> {
      const [users, licenses] = await Promise.all([
        template('users', locale, now),
        template('licenses', locale, now),
      ]);
      return { users, licenses };
    },
  };
}

export type ImportFiles = ReturnType<typeof createImportFiles>;

function typeOf({ encoding }: Dialect): NewFile['contentType'] {
  return `text/csv; charset=${encoding}`;
}

async function* each<T>(all: readonly T[]): AsyncGenerator<T> {
  for (const one of all) yield await Promise.resolve(one);
}
