import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { hashToken, newFormId, openAccounts, partOfSheet, type Account } from '../../src/domain/hand-over';
import { matchesPassword, type PasswordDigest } from '../../src/domain/password';
import { realEntropy } from './entropy';
import type { Said } from './import-worker-child';
import { runKilled } from './killed-child';
import { contoso, manyUsers, openImports, type ImportWorld } from './imports';
import type { TestDatabase } from './mongo';

const worker = join(__dirname, 'import-worker-child.ts');

/** What is left of so many rows after so many kills. */
export interface CrashReport {
  readonly kills: number;
  readonly files: number;
  readonly rows: number;
  /** Rows without their user, audit entry, or way to a password: a good one on the sheet, or a letter. */
  readonly lost: number;
  /** Users, audit entries, ways to a password or seats that are there more than once. */
  readonly doubled: number;
}

interface Crash {
  readonly rows: number;
  readonly kills: number;
  /** Milliseconds that a process lives at most before it is killed. */
  readonly longestLife: number;
}

/**
 * Imports files by processes that are killed at random moments, issues their sheets again in the same way, and counts
 * what was lost or done twice.
 */
export async function crashImports(
  database: TestDatabase,
  { rows, kills, longestLife }: Crash,
): Promise<CrashReport> {
  const world = await openImports({ database, customers: [contoso], mails: true });
  let [killed, files, lost, doubled] = [0, 0, 0, 0];
  /** Whoever asks `mayLive` is killed until it says null. The link that is good in the end. */
  const untilThrough = async (mayLive: () => number | null): Promise<string> => {
    let token: string | null = null;
    for (;;) {
      const said = await runKilled<Said>(worker, [database.uri], { life: mayLive() });
      token = said.findLast((one) => one.said === 'result')?.token ?? token;
      if (said.some((one) => one.said === 'through')) return token ?? '';
      killed += 1;
      // As if the minute had passed after which MongoDB ends the transactions of the dead, and others take over.
      await world.database.connection.getClient().db('admin').command({ killAllSessions: [] });
      await world.expireLeases();
    }
  };
  const add = async (id: string, token: string): Promise<void> => {
    const counted = await count(world, id, rows, token);
    lost += counted.lost;
    doubled += counted.doubled;
  };

  while (killed < kills) {
    const text = withAddresses(rows).replaceAll(',user', `,file${files}-user`);
    const record = await world.start(await world.check(text), { usageLocation: 'FR' });
    await add(record.id, await untilThrough(() => (killed < kills ? randomInt(longestLife) : null)));
    await issueAgain(world, record.id);
    const lives = [randomInt(longestLife)];
    await add(record.id, await untilThrough(() => lives.pop() ?? null));
    files += 1;
  }
  doubled += Math.abs((await seatsTaken(world)) - files * rows);
  return { kills: killed, files, rows: files * rows, lost, doubled };
}

async function issueAgain(world: ImportWorld, importId: string): Promise<void> {
  const { handOverId: seen = null } = (await world.imports.find(importId)) ?? {};
  const form = newFormId(realEntropy);
  const issued = await world.imports.issue(world.request(), importId, { scope: 'everyone', seen }, form);
  if (issued.kind !== 'issuing') throw new Error(issued.kind);
}

/** Every second one has an address for a letter. */
function withAddresses(rows: number): string {
  const address = (place: number) => (place % 2 === 0 ? '' : `own${place}@home.example`);
  const text = manyUsers(rows, (place) => `ENTERPRISEPACK,${address(place)}`);
  return text.replace(',Licenses\n', ',Licenses,Hand-over e-mail\n');
}

type Row = Record<string, unknown>;

async function count(world: ImportWorld, importId: string, rows: number, token: string) {
  const users = await world.rows('users', { importId });
  const ids = users.map((user) => String(user['_id']));
  const audit = await world.rows('audit', { action: 'create_customer_user', userId: { $in: ids } });
  const record = await world.imports.find(importId);
  const accounts = await accountsOn(world, token);
  const passwords = new Map(accounts.map(({ userPrincipalName, password }) => [userPrincipalName, password]));
  const letters = await world.rows('letters', { importId });
  const lettered = new Set(letters.map(({ userId }) => userId));
  const isOnSheet = (user: Row): boolean =>
    matchesPassword(
      passwords.get(String(user['userPrincipalName'])) ?? '',
      user['password'] as PasswordDigest,
    );
  const waysOf = (user: Row): number => Number(isOnSheet(user)) + Number(lettered.has(user['_id']));
  const distinct = (all: readonly Row[], key: string) => new Set(all.map((one) => one[key])).size;
  const expected = { state: 'done', created: rows, lettered: Math.floor(rows / 2) };
  const { state, created, lettered: asked } = record ?? {};
  const wrong = isDeepStrictEqual({ state, created, lettered: asked }, expected) ? 0 : 1;
  return {
    lost:
      rows -
      distinct(users, 'upnLower') +
      (rows - distinct(audit, 'userId')) +
      users.filter((user) => waysOf(user) === 0).length +
      wrong,
    doubled:
      users.length -
      distinct(users, 'upnLower') +
      (audit.length - distinct(audit, 'userId')) +
      users.filter((user) => waysOf(user) > 1).length +
      (letters.length - lettered.size) +
      (accounts.length - passwords.size),
  };
}

/** Opened as its page does. */
async function accountsOn({ handOvers }: ImportWorld, token: string): Promise<readonly Account[]> {
  const record = await handOvers.findByToken(hashToken(token));
  const accounts: Account[] = [];
  for (let index = 0; index < (record?.sheet?.parts ?? 0); index += 1) {
    const part = record && (await handOvers.parts.find(record.id, index));
    if (part) accounts.push(...openAccounts(part.sealed, token, partOfSheet(record, index)));
  }
  return accounts;
}

async function seatsTaken(world: ImportWorld): Promise<number> {
  const [seats] = await world.rows('subscriptions', { skuPartNumber: 'ENTERPRISEPACK' });
  return Number(seats?.['consumed']);
}
