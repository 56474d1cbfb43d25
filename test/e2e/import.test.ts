import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { openTestDatabase, type TestDatabase } from '../support/mongo';
import { freePort, spawnRollcall, untilReady, type Process } from '../support/process';
import { launchBrowser, withScreenshot } from './browser';
import { openClient, type Client } from './guide/client';

const pictures = join('test-results', 'import');

/** As a French Excel saves it: windows-1252, semicolons, CRLF. */
const rows = [
  'Prénom;Nom;Nom complet;Adresse e-mail;Emplacement;Licences;Mot de passe;Bureau',
  'Zoé;Lefèvre;Zoé Lefèvre;zoe.lefevre@contoso.example;FR;Office 365 E3;secret;B1',
  'François;Noël;François Noël;francois.noel@contoso.example;;;;B2',
  'Anaïs;Œuvrard;"Œuvrard; Anaïs";anais.oeuvrard@contoso.example;BE;;;B3',
  'Émile;Gâté;Émile Gâté;émile@contoso.example;FR;;;B4',
];
const windows1252 = Buffer.from(rows.join('\r\n').replace(/Œ/g, '\u008c').concat('\r\n'), 'latin1');

let browser: Browser;
let database: TestDatabase;
let rollcall: Process;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  database = await openTestDatabase();
  rollcall = spawnRollcall({ MONGODB_URI: database.uri, PORT: await freePort(), LOG_LEVEL: 'warn' });
  [browser] = await Promise.all([launchBrowser(), untilReady(rollcall)]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  rollcall.child.kill('SIGTERM');
  await rollcall.ended;
  await database.close();
});

/** Drops a file onto the page, as a person does from a folder. */
function drop(page: Page, name: string, bytes: Buffer): Promise<unknown> {
  return page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (sign) => sign.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], ${JSON.stringify(name)}));
    const options = { dataTransfer: carried, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent('dragover', options));
    document.body.dispatchEvent(new DragEvent('drop', options));
  })()`);
}

const keep = (of: Locator | Page, name: string) =>
  of.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });

async function pickContoso({ say, card, t }: Client): Promise<void> {
  await say('/customers contoso');
  const customers = await card(t('customers.title'));
  await customers
    .getByRole('button', { name: /Contoso/ })
    .first()
    .click();
  await card(t('customer-picked.title'));
}

it('a French file of Excel is dropped, checked, imported, handed over on a sheet, and undone', async () => {
  const client = await openClient(browser, { url: rollcall.url, persona: 'benoit', language: 'fr' });
  const { page, card, t } = client;
  await withScreenshot(page, 'import', async () => {
    await pickContoso(client);
    await client.say('/import');
    await keep(await card(t('import.title')), '1-how');

    await drop(page, 'nouveaux.csv', windows1252);
    const checked = await card(t('import-checked.title.users', { count: 3 }));
    await checked.getByText('Œuvrard; Anaïs').waitFor();
    await checked.getByText('émile@contoso.example').first().waitFor();
    await checked.getByText(/Mot de passe/).waitFor();
    await keep(checked, '2-dry-run');
    await checked.getByRole('button', { name: t('import-checked.start.users', { count: 3 }) }).click();
    await keep(page, '3-progress');

    const result = await card(t('import-result.title.done.users', { count: 3 }));
    await keep(result, '4-result');
    const opening = page.context().waitForEvent('page');
    await result.getByRole('link', { name: t('import-result.openSheet') }).click();
    const sheet = await opening;
    await sheet.getByRole('button').first().click();
    const names = sheet.locator('[data-field="userPrincipalName"]');
    await names.first().waitFor();
    expect(await names.count()).toBe(3);
    expect(await sheet.locator('[data-field="password"]').first().textContent()).toMatch(
      /^(\w{4}-){3}\w{4}$/,
    );
    await keep(sheet, '5-sheet');
    await sheet.emulateMedia({ media: 'print' });
    await keep(sheet, '6-sheet-printed');
    await sheet.close();

    await result.getByText(/Ouvert/).waitFor();
    await keep(result, '7-opened');
    await result.getByRole('button', { name: t('import-result.undo') }).click();
    const asked = await card(t('import-undo.question', { count: 3 }));
    await asked.getByRole('button', { name: t('import-undo.undo') }).click();
    await keep(await card(t('import-undone.title', { count: 3 })), '8-undone');
  });
  expect(client.complaints).toEqual([]);
}, 60_000);
