import { createMongoImportAccounts } from '../../src/directory/mongo/import-accounts';
import { createMongoUndos } from '../../src/directory/mongo/import-undo';
import { accountsOf } from '../../src/directory/mongo/accounts';
import { createImportWorker } from '../../src/features/import-run';
import { connect } from '../../src/storage/connection';
import { createMongoIssues } from '../../src/storage/import-issues';
import { createMongoSheets } from '../../src/storage/import-sheets';
import { createMongoImports } from '../../src/storage/imports';
import { recordsOf } from '../../src/storage/records';
import { createMongoUploads } from '../../src/storage/uploads';
import { realEntropy } from './entropy';

/** What such a process says on its output, a line each. */
export type Said =
  | { readonly said: 'begun' }
  | { readonly said: 'result'; readonly importId: string; readonly token: string | null }
  | { readonly said: 'through' };

/** The worker of imports in a process of its own, to be killed at any moment. */
async function main(uri: string): Promise<void> {
  const { connection, close } = await connect({ uri });
  const [records, accounts] = [recordsOf(connection), accountsOf(connection)];
  const say = (what: Said): void => void process.stdout.write(`${JSON.stringify(what)}\n`);
  const tell = (data: object, message: string) =>
    process.stderr.write(`${message} ${JSON.stringify(data)}\n`);
  const worker = createImportWorker({
    store: createMongoImports({ connection, records }),
    uploads: createMongoUploads({ connection }),
    accounts: createMongoImportAccounts({ connection, accounts, records, entropy: realEntropy }),
    sheets: createMongoSheets({ connection, records }),
    issues: createMongoIssues({ connection, records }),
    undos: createMongoUndos({ connection, accounts, records }),
    progress: {
      progress: () => Promise.resolve(),
      result: ({ id }, token) => {
        say({ said: 'result', importId: id, token });
        return Promise.resolve('delivered');
      },
    },
    clock: { now: () => new Date() },
    entropy: realEntropy,
    log: { debug: () => undefined, info: () => undefined, warn: tell, error: tell },
  });
  say({ said: 'begun' });
  await worker.runDue(new AbortController().signal);
  say({ said: 'through' });
  await close();
}

if (require.main === module) void main(process.argv[2] ?? '');
