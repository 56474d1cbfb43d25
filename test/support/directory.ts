import type { Connection } from 'mongoose';
import { accountsOf, type Accounts } from '../../src/directory/mongo/accounts';
import { createMongoDirectory } from '../../src/directory/mongo/directory';
import { effectId, newFormId } from '../../src/domain/hand-over';
import { newId } from '../../src/domain/id';
import { digestPassword } from '../../src/domain/password';
import { newHandOver } from '../../src/features/new-hand-over';
import type { AuditEntry } from '../../src/ports/audit';
import type { Directory, Effect, NewUser } from '../../src/ports/directory';
import { connect } from '../../src/storage/connection';
import { createIndexes, recordsOf } from '../../src/storage/records';
import { realEntropy } from './entropy';
import { openTestDatabase } from './mongo';

export const now = new Date('2026-11-22T09:00:00Z');

export interface TestDirectory {
  readonly directory: Directory;
  readonly accounts: Accounts;
  readonly connection: Connection;
  /** The same accounts through a connection of its own, as another process has them. */
  another(): Promise<Directory>;
  rows(collection: string, filter?: object): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** The directory on a database of its own. */
export async function openTestDirectory(): Promise<TestDirectory> {
  const database = await openTestDatabase();
  const { directory, accounts } = await directoryOn(database.connection);
  const others: (() => Promise<void>)[] = [];
  return {
    directory,
    accounts,
    connection: database.connection,
    async another() {
      const other = await connect({ uri: database.uri });
      others.push(() => other.close());
      return (await directoryOn(other.connection)).directory;
    },
    rows: (collection, filter = {}) => database.connection.collection(collection).find(filter).toArray(),
    async close() {
      for (const end of others) await end();
      await database.close();
    },
  };
}

async function directoryOn(connection: Connection) {
  const [accounts, records] = [accountsOf(connection), recordsOf(connection)];
  await createIndexes(connection);
  return { directory: createMongoDirectory({ connection, accounts, records }), accounts };
}

export function entry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: now,
    operator: 'web:ada',
    action: 'create_customer_user',
    customerId: 'c1',
    target: 'zoe@contoso.example',
    outcome: 'success',
    ...changes,
  };
}

export function effect(changes: Partial<Effect> = {}): Effect {
  const id = effectId(newFormId(realEntropy));
  return { id, result: { made: id }, audit: [entry()], ...changes };
}

export function newUser(changes: Partial<NewUser> = {}): NewUser {
  return {
    id: newId(realEntropy, now),
    customerId: 'c1',
    userPrincipalName: 'zoe@contoso.example',
    displayName: 'Zoé',
    givenName: '',
    surname: '',
    usageLocation: 'FR',
    jobTitle: '',
    department: '',
    roles: [],
    licenses: [],
    accountEnabled: true,
    createdAt: now,
    password: digestPassword('JvFm-4Cd3-aPEU-hybp', realEntropy),
    ...changes,
  };
}

/** A hand-over for these users, with the digests of its passwords. */
export function handOverFor(...users: readonly NewUser[]) {
  const form = newFormId(realEntropy);
  const occasion = { form, customerId: 'c1', row: null, operator: 'web:ada', now };
  return newHandOver(users, occasion, realEntropy);
}
