import type { ServerResponse } from 'node:http';
import type { IncomingFile } from '../../../src/ports/incoming-file';
import { createFilesOf } from '../../../src/chat/teams/files';
import { parseActivity } from '../../../src/chat/teams/activity';
import { type FileStore, openFileStore, textOf } from '../../support/file-store';
import { dropped, message, submit } from '../../support/teams-activities';
import { startTeamsTest, type TeamsTest } from '../../support/teams-door';
import { until } from '../../support/until';

const maxFileBytes = 64 * 1024;
const csv = 'User Name,Display Name\r\nzoe@contoso.com,Zoë\r\n';

let teams: TeamsTest;
let store: FileStore;
beforeAll(async () => {
  store = await openFileStore();
});
beforeEach(async () => {
  teams = await startTeamsTest(() => ({ kind: 'anonymous' }), { maxFileBytes, filePatience: 150 });
});
afterEach(() => teams.close());
afterAll(() => store.close());

const html = { contentType: 'text/html', content: '<div>here they are</div>' };

function sendFiles(...attachments: object[]): ReturnType<TeamsTest['send']> {
  return teams.send(message('personal', 'here they are', { attachments: [...attachments, html] }));
}

function filesSent(): IncomingFile[] {
  return teams.commands.flatMap(({ input }) => (input.kind === 'file' ? [input.file] : []));
}

async function fetchOne(downloadUrl: unknown): Promise<string> {
  await sendFiles(dropped(downloadUrl));
  return textOf(filesSent()[0]!);
}

function redirect(to: string): (response: ServerResponse) => void {
  return (response) => response.writeHead(302, { location: to }).end();
}

describe('a file that is dropped into the private chat', () => {
  test('is a command of its own, and is not fetched before it is opened', async () => {
    const before = store.asked.length;

    const { status } = await sendFiles(dropped(store.put('/users.csv', csv)));

    expect(status).toBe(200);
    expect(teams.commands).toMatchObject([
      {
        operator: expect.stringMatching(/^teams:/) as string,
        input: { kind: 'file', file: { name: 'users.csv', size: null } },
      },
    ]);
    expect(store.asked).toHaveLength(before);
    expect(teams.connector.messages('a:ann')).toHaveLength(1);
    expect(await textOf(filesSent()[0]!)).toBe(csv);
  });

  test('is fetched without credentials of any kind', async () => {
    await fetchOne(store.put('/plain.csv', csv));

    expect(store.headers()).not.toHaveProperty('authorization');
    expect(store.headers()).not.toHaveProperty('cookie');
  });

  test('with others is one of several commands, in their order', async () => {
    const names = ['a.csv', 'b.xlsx', 'c.csv'];

    await sendFiles(...names.map((name) => dropped(store.put(`/${name}`, name), name)));

    expect(filesSent().map(({ name }) => name)).toEqual(names);
    expect(await Promise.all(filesSent().map(textOf))).toEqual(names);
    expect(teams.connector.messages('a:ann')).toHaveLength(3);
  });

  test('is answered for all others when the answer to one cannot be made', async () => {
    teams.answerWith(() => Promise.reject(new Error('It failed.')));

    await sendFiles(dropped('', 'a.csv'), dropped('', 'b.csv'));

    expect(filesSent()).toHaveLength(2);
    expect(teams.connector.messages('a:ann')).toHaveLength(2);
  });

  test.each(['group', 'channel'] as const)('is not a file in a %s, where Teams gives none', async (place) => {
    await teams.send(message(place, 'look', { attachments: [dropped(`${store.url}/users.csv`)] }));

    expect(teams.commands).toMatchObject([{ input: { kind: 'typed' } }]);
  });

  test('is left where it is when a form is sent', async () => {
    const pressed = submit('personal', '1', { action: { verb: 'help.open' } });

    await teams.send({ ...pressed, attachments: [dropped(`${store.url}/users.csv`)] });

    expect(teams.commands).toMatchObject([{ input: { kind: 'pressed' } }]);
  });
});

describe('a file that cannot be had', () => {
  test.each([401, 403, 404, 410])('is expired where the answer is %i', async (status) => {
    const at = store.put(`/expired-${status}`, (response) => void response.writeHead(status).end('no'));

    await expect(fetchOne(at)).rejects.toMatchObject({ name: 'FileUnavailable', reason: 'expired' });
  });

  test('is expired where a page to sign in comes in its place', async () => {
    const at = store.put('/sign-in', (response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>');
    });

    await expect(fetchOne(at)).rejects.toMatchObject({ reason: 'expired' });
  });

  test.each([204, 302, 429, 500, 503])('has not arrived where the answer is %i', async (status) => {
    const at = store.put(`/status-${status}`, (response) => void response.writeHead(status).end());

    await expect(fetchOne(at)).rejects.toMatchObject({ reason: 'not-arrived' });
  });

  test('has not arrived where nobody answers at all', async () => {
    const closed = await openFileStore();
    await closed.close();

    await expect(fetchOne(`${closed.url}/users.csv`)).rejects.toMatchObject({ reason: 'not-arrived' });
  });

  test('is given up where no answer comes', async () => {
    const at = store.put('/silent', () => undefined);

    await expect(fetchOne(at)).rejects.toMatchObject({ reason: 'not-arrived' });
    await until(() => store.brokenOff.includes('/silent'));
  });

  test('is given up where no more bytes come', async () => {
    const at = store.put('/stalled', (response) => void response.write(csv));

    await expect(fetchOne(at)).rejects.toMatchObject({ reason: 'not-arrived' });
    await until(() => store.brokenOff.includes('/stalled'));
  });

  test('is not given up while who reads it takes their time', async () => {
    const at = store.put('/patient', (response) => {
      response.write('a');
      setTimeout(() => response.end('b'), 50);
    });
    await sendFiles(dropped(at));
    const chunks = (await filesSent()[0]!.open())[Symbol.asyncIterator]();

    await chunks.next();
    await new Promise((resolve) => setTimeout(resolve, 250));

    expect(Buffer.from((await chunks.next()).value as Uint8Array).toString()).toBe('b');
  });

  test('is not whole where the connection ends before the file does', async () => {
    const at = store.put('/cut', (response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write(csv, () => response.destroy());
    });

    await expect(fetchOne(at)).rejects.toMatchObject({ reason: 'not-arrived' });
  });

  test('is too large where it says so, and nothing of it is read', async () => {
    const at = store.put('/announced', (response) => {
      response.writeHead(200, { 'content-length': String(maxFileBytes + 1) });
      response.write('a');
    });

    await expect(fetchOne(at)).rejects.toMatchObject({ reason: 'too-large' });
    await until(() => store.brokenOff.includes('/announced'));
  });

  test('is too large where it never ends', async () => {
    const at = store.put('/endless', (response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(8 * 1024, 'a'))) continue;
      };
      response.on('drain', more);
      more();
    });

    await expect(fetchOne(at)).rejects.toMatchObject({ reason: 'too-large' });
    await until(() => store.brokenOff.includes('/endless'));
  });

  test('is let go of where nobody reads on', async () => {
    const at = store.put('/unread', (response) => void response.write(csv));
    await sendFiles(dropped(at));

    for await (const chunk of await filesSent()[0]!.open()) {
      expect(Buffer.from(chunk).toString()).toBe(csv);
      break;
    }

    await until(() => store.brokenOff.includes('/unread'));
  });

  test('is told by what was wrong, without its address', async () => {
    const at = store.put('/gone?tempauth=v1.eySecret', (response) => void response.writeHead(403).end());

    const fault = await fetchOne(at).catch(String);

    expect(fault).toContain('the answer was 403');
    expect(fault).not.toContain('tempauth');
    expect(teams.log.lines.join('\n')).not.toContain('tempauth');
  });
});

describe('a redirect', () => {
  test('is followed to where files lie', async () => {
    const at = store.put('/moved', redirect(store.put('/moved-here', redirect('/moved-there'))));
    store.put('/moved-there', csv);

    expect(await fetchOne(at)).toBe(csv);
  });

  test('is not followed a fourth time', async () => {
    const at = store.put('/round', redirect('/round'));
    const before = store.asked.length;

    await expect(fetchOne(at)).rejects.toMatchObject({ reason: 'not-arrived' });
    expect(store.asked).toHaveLength(before + 4);
  });

  test.each(['http://169.254.169.254/latest/meta-data', 'http://10.0.0.1/users.csv', 'file:///etc/passwd'])(
    'is not followed to %s',
    async (to) => {
      const at = store.put('/away', redirect(to));

      await expect(fetchOne(at)).rejects.toMatchObject({ reason: 'expired' });
      expect(store.asked.at(-1)).toBe('/away');
    },
  );
});

describe('a place where no files lie is never asked', () => {
  const elsewhere = [
    'http://contoso-my.sharepoint.com/users.csv',
    'https://contoso-my.sharepoint.com:8443/users.csv',
    'https://ann:secret@contoso-my.sharepoint.com/users.csv',
    'https://sharepoint.com.example.org/users.csv',
    'https://notsharepoint.com/users.csv',
    'https://example.org/.sharepoint.com',
    'https://169.254.169.254/latest/meta-data',
    'http://10.0.0.1/users.csv',
    'http://[fd00::1]/users.csv',
    'file:///etc/passwd',
    'data:text/csv,User%20Name',
  ];
  const ask = jest.spyOn(globalThis, 'fetch');
  beforeEach(() => ask.mockClear());
  afterAll(() => ask.mockRestore());

  function fileOf(downloadUrl: unknown): IncomingFile {
    const config = { kind: 'registered', appId: 'a', appPassword: 'b', appType: 'SingleTenant' } as const;
    const filesOf = createFilesOf({ config, maxBytes: maxFileBytes });
    const body = message('personal', '', {
      attachments: [dropped(downloadUrl)],
      serviceUrl: 'https://a.example',
    });
    return filesOf(parseActivity(body)!)[0]!;
  }

  test.each(elsewhere)('%s', async (address) => {
    await expect(fileOf(address).open()).rejects.toThrow(/no files lie/);

    expect(ask).not.toHaveBeenCalled();
  });

  test.each(['http://127.0.0.1:3978/', 'https://localhost/users.csv', 'http://[::1]/'])(
    '%s, outside the demo',
    async (address) => {
      await expect(fileOf(address).open()).rejects.toThrow(/no files lie/);

      expect(ask).not.toHaveBeenCalled();
    },
  );

  test.each(['', 'users.csv', null, 7, {}])('%p is no address', async (address) => {
    await expect(fileOf(address).open()).rejects.toMatchObject({ reason: 'not-arrived' });

    expect(ask).not.toHaveBeenCalled();
  });

  test('a OneDrive is one', async () => {
    ask.mockResolvedValueOnce(new Response(csv));

    expect(await textOf(fileOf('https://contoso-my.sharepoint.com/_layouts/15/download.aspx?a=b'))).toBe(csv);
  });
});
