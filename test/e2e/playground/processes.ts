import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(__dirname, '..', '..', '..');

export interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** Rollcall as `npm start` runs it, on data of its own; it looks for due reminders every other second. */
export async function startRollcall(port: number): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-playground-'));
  const own = {
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    REMINDER_SCHEDULE: '*/2 * * * * *',
  };
  const env = { ...process.env, ...own };
  const child = spawn(process.execPath, ['dist/main.js'], { cwd: root, env, stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/readyz`, child);
  return {
    url,
    async stop() {
      await ended(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const everybody = ['Ann', 'Anne', 'Bob', 'Cleo', 'Dan', 'Eve'] as const;
export type Person = (typeof everybody)[number];

/** One person is the same in every client. */
const person = (name: Person) => ({
  id: `user-${name.toLowerCase()}`,
  name,
  userPrincipleName: `${name.toLowerCase()}@partner.example`,
  aadObjectId: `00000000-0000-4000-8000-00000000000${everybody.indexOf(name)}`,
  givenName: name,
  surname: 'Operator',
  email: `${name.toLowerCase()}@partner.example`,
});

/** Microsoft's Agents Playground as a Teams client of the bot, one operator each. It wants five other people. */
export async function startPlayground(bot: string, port: number, operator: Person): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-agents-'));
  const settings = {
    version: '0.1.1',
    tenantId: '00000000-0000-0000-0000-0000000000001',
    bot: { id: 'bot-id', name: 'Rollcall' },
    currentUser: person(operator),
    users: everybody.filter((name) => name !== operator).map(person),
    personalChat: { id: `personal-${operator}` },
    groupChat: { id: `group-${operator}`, name: 'Helpdesk' },
    team: {
      id: 'team-id',
      aadGroupId: '00000000-0000-4000-8000-000000000099',
      name: 'My Team',
      channels: [{ id: 'channel-id', name: 'Announcements' }],
    },
  };
  // JSON is YAML too.
  writeFileSync(join(folder, '.m365agentsplayground.yml'), JSON.stringify(settings));
  // It opens a browser by itself, and crashes where there is none.
  writeFileSync(join(folder, 'xdg-open'), '#!/bin/sh\n', { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH ?? ''}` };
  const program = join(root, 'node_modules', '.bin', 'agentsplayground');
  const options = [
    'start',
    '-e',
    `${bot}/api/messages`,
    '-c',
    'msteams',
    '-p',
    String(port),
    '--disable-telemetry',
  ];
  const child = spawn(program, options, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://localhost:${port}`;
  await answering(url, child);
  return {
    url,
    async stop() {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stands between the Playground and the bot and gives every activity a locale, as Teams does; it sends none itself. */
export async function speaking(locale: string, bot: string, port: number): Promise<Running> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const answer = await fetch(`${bot}${request.url ?? ''}`, {
        method: request.method ?? 'GET',
        headers: { 'content-type': 'application/json' },
        ...(body ? { body: inLocale(body, locale) } : {}),
      });
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'text/plain',
      });
      response.end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function inLocale(body: string, locale: string): string {
  const activity = JSON.parse(body) as { entities?: { type: string }[] };
  const entities =
    activity.entities?.map((one) => (one.type === 'clientInfo' ? { ...one, locale } : one)) ?? [];
  return JSON.stringify({ ...activity, locale, entities });
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${url}: the process ended with ${child.exitCode}.`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error(`${url} did not answer within 30 s.`);
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
