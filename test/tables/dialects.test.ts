import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { opened, rowsOf, written } from '../support/tables/reading';

const fixture = (name: string) => readFileSync(join(__dirname, '../fixtures/tables', name));
const status = 'Déjà pris – « zoe.brule »';

describe('A file of Partner Center', () => {
  it.each([
    ['en', 'en', ','],
    ['fr', 'fr', ';'],
    ['fr-older', 'fr', ';'],
    ['de', 'de', ';'],
    ['it', 'it', ';'],
    ['es', 'es', ';'],
    ['pt-BR', 'pt-BR', ';'],
  ])('is read with its headings in %s', async (name, language, separator) => {
    const table = await opened(fixture(`partner-center.${name}.csv`));
    const rows = await rowsOf(table);

    expect(table).toMatchObject({ content: 'users', unknown: [], passwordColumns: [] });
    expect(table.dialect).toMatchObject({ family: 'partner-center', language, separator, newline: '\r\n' });
    expect(table.dialect.guessed).toEqual({ encoding: false, separator: false });
    expect(rows).toEqual([
      {
        line: 2,
        ragged: false,
        raw: ['Zoé', 'Brûlé', 'Zoé Brûlé', 'zoe.brule@contoso.example', ''],
        cells: {
          givenName: 'Zoé',
          surname: 'Brûlé',
          displayName: 'Zoé Brûlé',
          userPrincipalName: 'zoe.brule@contoso.example',
          statusUpdate: '',
        },
      },
    ]);
  });

  it('comes back with the reason under its own status heading', async () => {
    const table = await opened(fixture('partner-center.fr.csv'));
    const [row] = await rowsOf(table);

    const file = await written(table, [{ raw: row!.raw, status }]);

    expect(file.toString()).toBe(
      `"Prénom";"Nom";"Nom complet";"Courrier";"Mise à jour de l'état"\r\n` +
        `"Zoé";"Brûlé";"Zoé Brûlé";"zoe.brule@contoso.example";"${status}"\r\n`,
    );
  });
});

describe('A file of Microsoft 365', () => {
  it('is read, and the columns that are not used are named', async () => {
    const table = await opened(fixture('microsoft-365.csv'));
    const [row] = await rowsOf(table);

    expect(table.dialect).toMatchObject({ family: 'microsoft-365', language: 'en', separator: ',' });
    expect(table.unknown).toContain('Alternate email address');
    expect(table.unknown).toHaveLength(10);
    expect(row!.cells).toEqual({
      userPrincipalName: 'zoe.brule@contoso.example',
      givenName: 'Zoé',
      surname: 'Brûlé',
      displayName: 'Zoé Brûlé',
      jobTitle: 'Engineer',
      department: 'Works',
    });
    expect(row!.raw[15]).toBe('France');
  });

  it('comes back with a status column of its own at the end', async () => {
    const table = await opened(fixture('microsoft-365.csv'));
    const [row] = await rowsOf(table);

    const [headings, line] = (await written(table, [{ raw: row!.raw, status }])).toString().split('\r\n');

    expect(headings).toMatch(/"Country or Region","Status update"$/);
    expect(line).toMatch(new RegExp(`"France","${status}"$`));
  });
});

describe('A file of Entra', () => {
  it('is read by the attributes in its headings, without its passwords', async () => {
    const table = await opened(fixture('entra-create.csv'));
    const rows = await rowsOf(table);

    expect(table.dialect).toMatchObject({ family: 'entra', versionLine: true });
    expect(table.passwordColumns).toEqual(['Initial password [passwordProfile] Required']);
    expect(table.unknown).not.toContain('Initial password [passwordProfile] Required');
    expect(rows).toMatchObject([
      { line: 3, cells: { blockSignIn: 'Yes', usageLocation: 'FR', givenName: 'Zoé' } },
    ]);
    expect(JSON.stringify(rows)).not.toContain('unter2');
  });

  it('comes back with its version first', async () => {
    const table = await opened(fixture('entra-create.csv'));
    const [row] = await rowsOf(table);

    const file = await written(table, [{ raw: row!.raw, status }]);

    expect(file.toString()).toMatch(/^version:v1\.0\r\n"Name \[displayName\] Required",/);
    expect(await rowsOf(await opened(file))).toMatchObject([{ line: 3, cells: { statusUpdate: status } }]);
  });

  it('holds names alone when it was made for deleting', async () => {
    const table = await opened(fixture('entra-delete.csv'));

    expect(table).toMatchObject({ content: 'names', dialect: { family: 'entra' } });
    expect(await rowsOf(table)).toMatchObject([
      { line: 3, cells: { userPrincipalName: 'zoe.brule@contoso.example' } },
    ]);
  });
});

describe('A file that a French Excel saved', () => {
  it('is read in windows-1252, with every column of ours and the lines on which records begin', async () => {
    const table = await opened(fixture('excel-french.csv'));
    const rows = await rowsOf(table);

    expect(table.dialect).toMatchObject({ encoding: 'windows-1252', separator: ';', language: 'fr' });
    expect(table.dialect.guessed).toEqual({ encoding: true, separator: false });
    expect(table).toMatchObject({ unknown: [], missing: [{ field: 'blockSignIn', nearest: null }] });
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 5]);
    expect(rows[0]!.cells).toMatchObject({
      jobTitle: 'Ingénieure – œuvre',
      licenses: 'Office 365 E3|Power BI Pro',
      customer: 'contoso.example',
      handOverEmail: 'chef@contoso.example',
    });
    expect(rows[1]!.cells).toMatchObject({
      givenName: 'Anne;Marie',
      displayName: `Anne "Nana"\nL'Été`,
    });
  });

  it('comes back in windows-1252', async () => {
    const table = await opened(fixture('excel-french.csv'));
    const rows = await rowsOf(table);

    const file = await written(
      table,
      rows.map(({ raw }) => ({ raw, status: 'Reste : 1\u202f000 € … 漢' })),
    );

    expect(file.includes(Buffer.from('Reste : 1\u00a0000 \u0080 \u0085 ?', 'latin1'))).toBe(true);
    const back = await opened(file);
    expect(back.dialect).toEqual(table.dialect);
    expect((await rowsOf(back)).map(({ raw }) => raw.slice(0, -1))).toEqual(
      rows.map(({ raw }) => raw.slice(0, -1)),
    );
  });
});
