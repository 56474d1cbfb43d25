import type { IncomingFile } from '../../../src/ports/incoming-file';
import { textOf } from '../../support/file-store';
import { openSlackDoor, type SlackDoorTest } from '../../support/slack/door-test';
import type { SlackPerson } from '../../support/slack/person-contract';

const csv = 'User Name,Display Name\r\nzoe@contoso.com,Zoë\r\n';
const maxFileBytes = 4096;

/** Whether somebody may send files; everybody else is left unread in channels. */
let maySend: (operator: string) => boolean;
let asked: string[];
let test: SlackDoorTest;
let ada: SlackPerson;
/** What happened before the test at hand. */
let before: { readonly commands: number; readonly calls: number };

beforeAll(async () => {
  const maySendFiles = async (operator: string) => {
    asked.push(operator);
    return Promise.resolve(maySend(operator));
  };
  test = await openSlackDoor({ files: { maySendFiles, maxFileBytes, filePatience: 200 } });
  ada = test.person({ id: 'UADA', name: 'Ada Byron', locale: 'fr-FR', tz: 'Europe/Paris' });
  test.fake.addChannel({ id: 'C1', members: ['UADA', 'UBOB'] });
});
beforeEach(() => {
  maySend = (operator) => operator === 'slack:UADA';
  asked = [];
  before = { commands: test.commands.length, calls: test.fake.calls.length };
});
afterAll(async () => {
  await test.close();
  expect(ada.troubles).toEqual([]);
});

function commands() {
  return test.commands.slice(before.commands);
}

function files(): IncomingFile[] {
  return commands().flatMap(({ input }) => (input.kind === 'file' ? [input.file] : []));
}

function callsTo(method: string): number {
  return test.fake.calls.slice(before.calls).filter((call) => call.method === method).length;
}

/** Longer than the door waits for the other event of an upload. */
function bothEvents(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 450));
}

async function drop(...args: Parameters<SlackPerson['dropFile']>): Promise<IncomingFile> {
  await ada.dropFile(...args);
  await ada.until(() => files().length === 1);
  return files()[0]!;
}

describe('A file in the private chat', () => {
  it('is one command, though Slack tells it twice, and is not asked for before it is opened', async () => {
    await ada.dropFile('Users (1).csv', csv, { text: 'here they are' });
    await bothEvents();

    expect(commands()).toEqual([
      {
        door: 'slack',
        operator: 'slack:UADA',
        operatorName: 'Ada Byron',
        conversation: { id: `slack:${ada.privateChat}`, kind: 'personal' },
        locale: { language: 'fr', timeZone: 'Europe/Paris' },
        prefix: '',
        input: {
          kind: 'file',
          file: {
            name: 'Users (1).csv',
            size: Buffer.byteLength(csv),
            open: expect.any(Function) as unknown,
          },
        },
      },
    ]);
    expect([callsTo('files.info'), callsTo('download')]).toEqual([0, 0]);
    expect(ada.messages().at(-1)?.user).toBe(test.fake.workspace.bot.user);
    expect(await textOf(files()[0]!)).toBe(csv);
  });

  it.each([[['message']], [['file_shared']], [['message', 'file_shared']]] as const)(
    'is one command where Slack tells %p',
    async (told) => {
      const file = await drop('users.csv', csv, { told });
      await bothEvents();

      expect(files()).toHaveLength(1);
      expect(file).toMatchObject({ name: 'users.csv', size: Buffer.byteLength(csv) });
      expect(await textOf(file)).toBe(csv);
    },
  );

  it('is one command when Slack delivers it again', async () => {
    await drop('users.csv', csv, { told: ['message'] });
    await ada.deliver(ada.last(), { times: 2, headers: { 'x-slack-retry-num': '1' } });
    await bothEvents();

    expect(files()).toHaveLength(1);
  });

  it('with others is one of several commands, in their order', async () => {
    await ada.dropFiles({ 'a.csv': 'a', 'b.xlsx': 'b', 'c.png': 'c' });
    await ada.until(() => files().length === 3);
    await bothEvents();

    expect(files().map(({ name }) => name)).toEqual(['a.csv', 'b.xlsx', 'c.png']);
    expect(await Promise.all(files().map(textOf))).toEqual(['a', 'b', 'c']);
  });

  it('of whoever it is goes to admission: it is not looked at here who may', async () => {
    maySend = () => false;

    await ada.dropFile('users.csv', csv, { told: ['message'] });
    await ada.until(() => files().length === 1);

    expect(callsTo('files.info')).toBe(0);
  });

  it('of somebody of another organization leads nowhere', async () => {
    const eve = test.person({ id: 'UEVE', team: 'TOTHER' });

    await eve.dropFile('users.csv', csv);
    await bothEvents();

    expect(commands()).toEqual([]);
  });

  it('that the bot itself uploads leads nowhere', async () => {
    const bot = test.person({ id: test.fake.workspace.bot.user });

    await bot.dropFile('users.csv', csv);
    await bothEvents();

    expect(commands()).toEqual([]);
  });
});

describe('A file in a channel', () => {
  it('of somebody who may import is a command, answered in private', async () => {
    const file = await drop('Users.CSV', csv, { channel: 'C1' });
    await ada.until(() => ada.whispers().length === 1);

    expect(commands()[0]?.conversation).toEqual({ id: 'slack:C1', kind: 'channel' });
    expect(await textOf(file)).toBe(csv);
    expect(test.fake.messages('C1').filter(({ user }) => user === test.fake.workspace.bot.user)).toEqual([]);
  });

  it('of anybody else is left unread, without a word', async () => {
    const bob = test.person('UBOB');

    await bob.dropFile('users.csv', csv, { channel: 'C1' });
    await bothEvents();

    expect(asked).toEqual(['slack:UBOB']);
    expect(commands()).toEqual([]);
    expect([callsTo('files.info'), callsTo('download')]).toEqual([0, 0]);
    expect([...bob.whispers(), ...bob.messages()]).toEqual([]);
  });

  it('that is no table by its name is left where it is', async () => {
    await ada.dropFile('team.png', 'png', { channel: 'C1' });
    await bothEvents();

    expect(commands()).toEqual([]);
    expect(callsTo('download')).toBe(0);
  });

  it('is left unread where nobody knows who may import', async () => {
    maySend = () => {
      throw new Error('MongoDB is away.');
    };

    await ada.dropFile('users.csv', csv, { channel: 'C1' });
    await bothEvents();

    expect(commands()).toEqual([]);
    expect(test.log.lines.join('\n')).toContain('left unread');
  });
});

describe('A file that cannot be had', () => {
  const unavailable = (reason: string) => ({ name: 'FileUnavailable', reason });

  it('is expired where it was deleted meanwhile', async () => {
    const file = await drop('users.csv', csv);
    for (const one of test.fake.workspace.files.values()) one.isDeleted = true;

    await expect(textOf(file)).rejects.toMatchObject(unavailable('expired'));
  });

  it('is not for us where the app may not read files', async () => {
    const file = await drop('users.csv', csv, { told: ['message'] });
    test.fake.failNext('files.info', { error: 'missing_scope' });

    await expect(textOf(file)).rejects.toMatchObject(unavailable('not-permitted'));
    expect(test.log.lines.join('\n')).toContain('missing_scope');
  });

  it('is not for us where a page to sign in comes in its place', async () => {
    const file = await drop('users.csv', csv);
    test.fake.failNext('download', { error: 'missing_scope' });

    await expect(textOf(file)).rejects.toMatchObject(unavailable('not-permitted'));
  });

  it('that is a page itself is read', async () => {
    const file = await drop('users.html', csv);

    expect(await textOf(file)).toBe(csv);
  });

  it.each([{ status: 500 }, { hang: 1_000 }, { drop: true }])(
    'has not arrived where Slack fails: %j',
    async (failure) => {
      const file = await drop('users.csv', csv);
      test.fake.failNext('download', failure);

      await expect(textOf(file)).rejects.toMatchObject(unavailable('not-arrived'));
    },
  );

  it('is answered all the same where Slack does not tell its name', async () => {
    test.fake.failNext('files.info', { error: 'file_not_found' });

    const file = await drop('users.csv', csv, { told: ['file_shared'] });

    expect(file).toMatchObject({ name: '', size: null });
  });

  it('is too large where it is', async () => {
    const file = await drop('users.csv', 'a'.repeat(maxFileBytes + 1));

    await expect(textOf(file)).rejects.toMatchObject(unavailable('too-large'));
  });
});

describe('The token of the bot', () => {
  interface Asked {
    readonly host: string;
    readonly token: string | null;
  }
  const real = globalThis.fetch;
  const ask = jest.spyOn(globalThis, 'fetch');
  let seen: Asked[];
  beforeEach(() => {
    seen = [];
    ask.mockImplementation((url, init) => {
      const { host } = new URL(url instanceof Request ? url.url : url);
      seen.push({ host, token: new Headers(init?.headers).get('authorization') });
      return host.startsWith('127.0.0.1') ? real(url, init) : Promise.resolve(new Response(csv));
    });
  });
  afterAll(() => ask.mockRestore());

  async function openFrom(address: string): Promise<string> {
    const file = await drop('users.csv', csv, { told: ['message'] });
    for (const one of test.fake.workspace.files.values()) one.address = address;
    return textOf(file);
  }

  it('goes to the files of Slack', async () => {
    expect(await openFrom('https://files.slack.com/files-pri/T1-F1/download/users.csv')).toBe(csv);

    expect(seen.at(-1)).toEqual({ host: 'files.slack.com', token: `Bearer ${test.fake.token}` });
  });

  it.each([
    'https://files.slack.com.example.org/users.csv',
    'https://example.slack.com/files/users.csv',
    'http://files.slack.com/users.csv',
    'https://files.slack.com:8443/users.csv',
    'https://docs.example.org/d/1',
    'https://169.254.169.254/latest/meta-data',
    'users.csv',
  ])('does not go to %p', async (address) => {
    await expect(openFrom(address)).rejects.toMatchObject({ reason: 'not-arrived' });

    expect(seen.filter(({ host }) => !host.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('does not go where a redirect leads', async () => {
    ask.mockImplementation((url, init) => {
      const { host } = new URL(url instanceof Request ? url.url : url);
      seen.push({ host, token: null });
      const elsewhere = {
        status: 302,
        headers: { location: 'https://workspace.slack.com/?redir=users.csv' },
      };
      return host.startsWith('127.0.0.1') ? real(url, init) : Promise.resolve(new Response(null, elsewhere));
    });

    const fault = openFrom('https://files.slack.com/files-pri/T1-F1/download/users.csv');

    await expect(fault).rejects.toMatchObject({ reason: 'not-permitted' });
    expect(seen.map(({ host }) => host)).not.toContain('workspace.slack.com');
  });
});
