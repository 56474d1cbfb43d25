import { StorageAway } from '../../src/ports/storage-away';
import { account, accounts } from '../support/accounts';
import { createHandOversInMemory } from '../support/hand-overs-in-memory';
import { startHttpServer, testNow, type TestServer } from '../support/http-server';

let running: TestServer | undefined;
async function start(...changes: Parameters<typeof startHttpServer>): Promise<TestServer> {
  running = await startHttpServer(...changes);
  return running;
}
afterEach(async () => {
  await running?.server.close();
  running = undefined;
});

const post = (url: string, headers: Record<string, string> = {}) => fetch(url, { method: 'POST', headers });
const { password, userPrincipalName } = account();
const elsewhere = 'A'.repeat(43);

/** The texts of the elements with that `data-field`, unescaped. */
function fieldsOf(page: string, name: string): string[] {
  const found = page.matchAll(new RegExp(`<(\\w+) data-field="${name}">([^<]*)</\\1>`, 'g'));
  return [...found].map(([, , text]) => text!.replaceAll('&#39;', "'").replaceAll('&amp;', '&'));
}

function csvOf(page: string): string {
  const [, href] = /href="data:text\/csv;charset=utf-8,([^"]*)"/.exec(page) ?? [];
  return decodeURIComponent(href!);
}

describe('looking at a link', () => {
  it.each(['GET', 'HEAD'])('by %s reveals nothing and uses nothing up', async (method) => {
    const { url, handOvers } = await start();
    const token = handOvers.add([account()]);
    for (let visit = 0; visit < 3; visit++) {
      const response = await fetch(`${url}/s/${token}`, { method });
      const page = await response.text();
      expect(response.status).toBe(200);
      expect(page).not.toContain(password);
      expect(page).not.toContain(userPrincipalName);
      expect(page.includes('Reveal')).toBe(method === 'GET');
    }
    expect(handOvers.stored(token).state).toBe('waiting');
    expect(handOvers.calls).not.toContain('reveal');
  });

  it('says what to do when there is nothing behind it', async () => {
    const { url } = await start();
    for (const method of ['GET', 'HEAD', 'POST']) {
      expect((await fetch(`${url}/s/${elsewhere}`, { method })).status).toBe(404);
    }
    expect(await (await fetch(`${url}/s/${elsewhere}`)).text()).toContain('ask the person who sent it');
  });

  it.each([
    ['expired', { expiresAt: testNow }, 'has expired'],
    ['replaced', { state: 'replaced' as const, sealed: null }, 'has been replaced'],
    ['opened', { state: 'opened' as const, sealed: null, openedAt: testNow }, '4 March 2030 at 09:26'],
  ])('says why it is %s and what to do, and a press reveals nothing either', async (_, changes, sentence) => {
    const { url, handOvers } = await start();
    const token = handOvers.add([account()], changes);
    for (const method of ['GET', 'POST']) {
      const response = await fetch(`${url}/s/${token}`, { method });
      const page = await response.text();
      expect(response.status).toBe(410);
      expect(page).toContain(sentence);
      expect(page).toMatch(/[Aa]sk (the|that) person/);
      expect(page).not.toContain(password);
    }
    expect((await fetch(`${url}/s/${token}`, { method: 'HEAD' })).status).toBe(410);
  });

  it.each([
    '',
    'x',
    `${elsewhere}A`,
    'A'.repeat(42) + 'B',
    'A'.repeat(42) + '%41',
    '%ff',
    `${elsewhere}/x`,
    '..%2f',
  ])('asks the database nothing about what cannot be a token: %j', async (token) => {
    const { url, handOvers } = await start();
    expect((await fetch(`${url}/s/${token}`)).status).toBe(404);
    expect((await post(`${url}/s/${token}`)).status).toBe(404);
    expect(handOvers.calls).toEqual([]);
  });

  it('by another method is refused', async () => {
    const { url, handOvers } = await start();
    const response = await fetch(`${url}/s/${handOvers.add([account()])}`, { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });
});

describe('pressing Reveal', () => {
  it('shows the account once, and tells the house', async () => {
    const { url, handOvers, opened } = await start();
    const token = handOvers.add([account()]);
    const first = await post(`${url}/s/${token}`);
    const page = await first.text();
    expect(first.status).toBe(200);
    expect(fieldsOf(page, 'userPrincipalName')).toEqual([userPrincipalName]);
    expect(fieldsOf(page, 'password')).toEqual([password]);
    expect(opened).toEqual([handOvers.stored(token).id]);
    expect(handOvers.revealed).toEqual([[userPrincipalName]]);
    const second = await post(`${url}/s/${token}`);
    expect(second.status).toBe(410);
    expect(await second.text()).not.toContain(password);
    expect((await fetch(`${url}/s/${token}`)).status).toBe(410);
  });

  it('twenty times at once shows it to one', async () => {
    const { url, handOvers, opened } = await start();
    const token = handOvers.add([account()]);
    const pages = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const response = await post(`${url}/s/${token}`);
        return { status: response.status, shows: (await response.text()).includes(password) };
      }),
    );
    expect(pages.filter(({ shows }) => shows)).toEqual([{ status: 200, shows: true }]);
    expect(pages.filter(({ status }) => status === 410)).toHaveLength(19);
    expect(opened).toHaveLength(1);
  });

  it('never lets a name become markup', async () => {
    const { url, handOvers } = await start();
    const evil = {
      displayName: '<img src=x onerror=alert(1)>',
      userPrincipalName: "o'neill&co@fabrikam.example",
    };
    const page = await (await post(`${url}/s/${handOvers.add([account(evil), account()])}`)).text();
    expect(page).not.toContain('<img');
    expect(fieldsOf(page, 'userPrincipalName')[0]).toBe(evil.userPrincipalName);
  });

  it('writes neither token nor password into the log', async () => {
    const { url, handOvers, log } = await start();
    const token = handOvers.add([account()]);
    await fetch(`${url}/s/${token}`);
    await post(`${url}/s/${token}`);
    expect(log.lines.join('\n')).toContain('/s/:token');
    expect(log.lines.join('\n')).not.toContain(token);
    expect(log.lines.join('\n')).not.toContain(password);
  });
});

describe('a sheet', () => {
  it('shows every account, and a CSV with the same', async () => {
    const { url, handOvers } = await start();
    const page = await (await post(`${url}/s/${handOvers.add(accounts(20))}`)).text();
    expect(fieldsOf(page, 'userPrincipalName')).toEqual(accounts(20).map((one) => one.userPrincipalName));
    expect(fieldsOf(page, 'password')).toEqual(accounts(20).map((one) => one.password));
    const lines = csvOf(page).split('\r\n');
    expect(lines[0]).toBe('\ufeff"Name","User name","Temporary password"');
    expect(lines[20]).toBe('"Person 20","person.20@fabrikam.example","JvFm-4Cd3-aPEU-hy20"');
    expect(lines).toHaveLength(22);
  });

  it('makes a CSV that a spreadsheet of the reader opens and runs nothing of', async () => {
    const { url, handOvers } = await start();
    const evil = account({
      displayName: '=HYPERLINK("http://evil.example")',
      userPrincipalName: '-1@fabrikam.example',
    });
    const token = handOvers.add([evil, account({ displayName: 'Half \ud800 a sign' })]);
    const csv = csvOf(await (await post(`${url}/s/${token}?lang=fr`)).text());
    expect(csv).toContain(
      `\r\n"'=HYPERLINK(""http://evil.example"")";"'-1@fabrikam.example";"${password}"\r\n`,
    );
    expect(csv).toContain('Half \ufffd a sign');
  });
});

describe('the language', () => {
  it.each([
    ['fr-CA,fr;q=0.9,en;q=0.8', '', 'fr'],
    ['en-GB,fr;q=0.5', '', 'en'],
    ['de,fr;q=0.3,en;q=0.2', '', 'fr'],
    ['en;q=0.4, fr;q=0.6', '', 'fr'],
    ['fr;q=0', '', 'en'],
    ['de', '', 'en'],
    ['nonsense;;q=x,,', '', 'en'],
    ['en', '?lang=fr', 'fr'],
    ['fr', '?lang=en', 'en'],
    ['fr', '?lang=xx', 'fr'],
  ])('of Accept-Language %j and %j is %s, before and after', async (header, query, language) => {
    const { url, handOvers } = await start();
    const address = `${url}/s/${handOvers.add([account()])}${query}`;
    const headers = { 'Accept-Language': header };
    const before = await (await fetch(address, { headers })).text();
    expect(before).toContain(`<html lang="${language}">`);
    expect(before).toContain(language === 'fr' ? 'Afficher' : 'Reveal');
    expect(before).toMatch(/href="\?lang=en"[\s\S]*href="\?lang=fr"/);
    const after = await (await post(address, headers)).text();
    expect(after).toContain(language === 'fr' ? 'Votre mot de passe temporaire' : 'Your temporary password');
  });

  it('can no longer be changed where that would leave the password', async () => {
    const { url, handOvers } = await start();
    expect(await (await post(`${url}/s/${handOvers.add([account()])}`)).text()).not.toContain('?lang=');
  });
});

describe('a form of another site', () => {
  it.each<Record<string, string>>([
    { Origin: 'https://evil.example' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://evil.example' },
  ])('%j is refused and reveals nothing', async (headers) => {
    const { url, handOvers } = await start();
    const token = handOvers.add([account()]);
    const response = await post(`${url}/s/${token}`, headers);
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain(password);
    expect(handOvers.stored(token).state).toBe('waiting');
  });

  it.each<Record<string, string>>([
    { Origin: 'https://rollcall.example.com', 'Sec-Fetch-Site': 'same-origin' },
    { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' },
    { Origin: 'null' },
    {},
  ])('is told from our own: %j', async (headers) => {
    const { url, handOvers } = await start();
    expect((await post(`${url}/s/${handOvers.add([account()])}`, headers)).status).toBe(200);
  });

  it('is told from our own under the address the reader used', async () => {
    const { url, handOvers } = await start();
    expect((await post(`${url}/s/${handOvers.add([account()])}`, { Origin: url })).status).toBe(200);
  });
});

describe('whatever it says', () => {
  it('is kept nowhere, sent on nowhere and indexed nowhere', async () => {
    const { url, handOvers } = await start();
    const token = handOvers.add([account()]);
    const addresses = [`${url}/s/${token}`, `${url}/s/${elsewhere}`, `${url}/s/x`];
    const answers = [
      ...addresses.map((address) => fetch(address)),
      ...addresses.map((address) => post(address)),
    ];
    for (const { headers } of await Promise.all(answers)) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-robots-tag')).toContain('noindex');
      expect(headers.get('etag')).toBeNull();
      const policy = headers.get('content-security-policy')!;
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+';/);
      expect(policy).not.toContain('unsafe');
    }
  });
});

describe('when something is wrong', () => {
  const links = () => createHandOversInMemory(testNow);

  it('MongoDB away at the look or the press: nothing was revealed, the link is good', async () => {
    const handOvers = { ...links(), findByToken: () => Promise.reject(new StorageAway(false)) };
    const { url } = await start({ handOvers });
    for (const method of ['GET', 'POST']) {
      const response = await fetch(`${url}/s/${elsewhere}`, { method });
      expect(response.status).toBe(503);
      expect(await response.text()).toContain('Nothing was revealed and the link is still good.');
    }
  });

  it('MongoDB lost in the middle of the press: it is not said that the link is good', async () => {
    const memory = links();
    const handOvers = { ...memory, reveal: () => Promise.reject(new StorageAway(true)) };
    const { url, opened } = await start({ handOvers });
    const response = await post(`${url}/s/${memory.add([account()])}`);
    const page = await response.text();
    expect(response.status).toBe(503);
    expect(page).toContain('the link may be used up');
    expect(page).not.toContain(password);
    expect(opened).toEqual([]);
  });

  it('a seal that does not open: nothing is revealed and nothing erased', async () => {
    const { url, handOvers, log } = await start();
    const other = handOvers.stored(handOvers.add([account()])).sealed;
    const token = handOvers.add([account()], { sealed: other });
    const response = await post(`${url}/s/${token}`);
    const page = await response.text();
    expect(response.status).toBe(503);
    const [reference] = /[0-9a-f]{10}/.exec(/Reference: [0-9a-f]{10}/.exec(page)![0])!;
    expect(log.lines.join()).toContain(reference);
    expect(handOvers.calls).not.toContain('reveal');
    expect(handOvers.stored(token)).toMatchObject({ state: 'waiting', sealed: other });
  });

  it('an unexpected fault: a reference, the same as in the log, and no inner word', async () => {
    const handOvers = { ...links(), findByToken: () => Promise.reject(new Error('inner words')) };
    const { url, log } = await start({ handOvers });
    const response = await post(`${url}/s/${elsewhere}`);
    const page = await response.text();
    expect(response.status).toBe(500);
    expect(page).not.toContain('inner words');
    expect(log.lines.join()).toContain(/Reference: ([0-9a-f]{10})/.exec(page)![1]);
  });

  it('a listener that fails does not keep the password from its reader', async () => {
    const { url, handOvers } = await start({
      opened: () => {
        throw new Error('inner words');
      },
    });
    expect((await post(`${url}/s/${handOvers.add([account()])}`)).status).toBe(200);
  });
});

describe('somebody who guesses', () => {
  const guess = (url: string, from: string) => fetch(`${url}/s/x`, { headers: { 'X-Forwarded-For': from } });

  it('is told to wait, while others are served', async () => {
    const { url, handOvers } = await start();
    for (let tries = 0; tries < 60; tries++) expect((await guess(url, '192.0.2.1')).status).toBe(404);
    const refused = await guess(url, '192.0.2.1');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect((await guess(url, '192.0.2.2')).status).toBe(404);
    expect((await post(`${url}/s/${handOvers.add([account()])}`)).status).toBe(200);
  });

  it('is served again after a minute', async () => {
    let now = testNow;
    const { url } = await start({ clock: { now: () => now } });
    for (let tries = 0; tries < 61; tries++) await guess(url, '192.0.2.1');
    expect((await guess(url, '192.0.2.1')).status).toBe(429);
    now = new Date(testNow.getTime() + 60_000);
    expect((await guess(url, '192.0.2.1')).status).toBe(404);
  });
});
