import { headingLanguages, labels } from '../../src/tables/headings';
import { knownHeading } from '../../src/tables/vocabulary';
import { opened, openContent, rowsOf } from '../support/tables/reading';

describe('Headings', () => {
  it('mean one column each, whatever the language', () => {
    for (const language of headingLanguages) {
      const { others, userPrincipalName } = labels[language];
      for (const [field, texts] of Object.entries(others)) {
        for (const text of texts) expect([text, knownHeading(text)?.field]).toEqual([text, field]);
      }
      for (const text of Object.values(userPrincipalName).flat()) {
        expect([text, knownHeading(text)?.field]).toEqual([text, 'userPrincipalName']);
      }
    }
  });

  it.each([
    'Email,Display name,Last name,First name',
    '  EMAIL , display NAME,last-name,"First\nname"',
    '"email","Display  name","Lastname","FIRST_NAME"',
    'E-mail;Display name;Last name;First name',
    'Email|Display name|Last name|First name',
    'Email\tDisplay name\tLast name\tFirst name',
  ])('stand in any order, case and spacing: %j', async (headings) => {
    const table = await opened(`${headings}\n`);

    expect(table.columns).toEqual(['userPrincipalName', 'displayName', 'surname', 'givenName']);
  });

  it('need no accents', async () => {
    const table = await opened('PRENOM;NOM;NOM COMPLET;COURRIER;MISE A JOUR DE L’ETAT\n');

    expect(table).toMatchObject({ unknown: [], dialect: { language: 'fr' } });
    expect(table.columns).toContain('statusUpdate');
  });

  it.each([
    ['Email,Display name,Email', 'Email'],
    ['Email,Display name, email', 'email'],
    ['Email,Display name,User Principal Name', 'User Principal Name'],
    ['Email,Display name,License,Licenses', 'Licenses'],
    ['Email,Display name,Notes,NOTES', 'NOTES'],
  ])('refuse the file when one stands twice: %s', async (headings, heading) => {
    expect(await openContent(`sep=,\n${headings}\n`)).toEqual({
      ...{ kind: 'refused', reason: 'heading-twice', heading, line: 2 },
    });
  });

  it('may be missing at the end of the line, or be alike in brackets only', async () => {
    const table = await opened(
      'Email;Display name;Office (Lyon);Office (Paris);;\na@a.example;A;;;;\nb@a.example;B;;\n',
    );

    expect(table.unknown).toEqual(['Office (Lyon)', 'Office (Paris)']);
    expect((await rowsOf(table)).map(({ ragged }) => ragged)).toEqual([false, false]);
  });

  it('name what is nearest when one is missing', async () => {
    expect(await openContent('Prénom;Nom;Nom compet;Courrier\n')).toMatchObject({
      reason: 'missing-headings',
      missing: [{ field: 'displayName', heading: 'Nom complet', nearest: 'Nom compet' }],
    });
    expect(await openContent('Dispaly name,Email\n')).toMatchObject({
      reason: 'missing-headings',
      missing: [{ field: 'displayName', heading: 'Display name', nearest: 'Dispaly name' }],
    });
  });

  it('name what is nearest to a column that could have been used', async () => {
    const table = await opened('Display name,Email,Locaton,Shoe size\n');

    expect(table.unknown).toEqual(['Locaton', 'Shoe size']);
    expect(table.missing).toContainEqual({ field: 'usageLocation', heading: 'Location', nearest: 'Locaton' });
    expect(table.missing).toContainEqual({ field: 'roles', heading: 'Roles', nearest: null });
  });

  it('may be hostile', async () => {
    const table = await opened('Display name,Email,__proto__,constructor,toString\nA,a@a.example,x,y,z\n');
    const [row] = await rowsOf(table);

    expect(table.unknown).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.keys(row!.cells)).toEqual(['displayName', 'userPrincipalName']);
    expect(Object.getPrototypeOf(row!.cells)).toBe(Object.prototype);
  });
});

describe('What a file is for', () => {
  it.each([
    ['User Principal Name,License,Action', 'licenses'],
    ['Action;Licenses;Email', 'licenses'],
    ["Nom d'utilisateur principal;Licence;Action", 'licenses'],
    ['User Principal Name,Display name,License,Action', 'licenses'],
    ['User Principal Name', 'names'],
    ['Courrier', 'names'],
    ['UPN,Customer,Status update', 'names'],
    ['UPN,Shoe size', 'names'],
    ['Display name,Email,License', 'users'],
    ['Display name,Email', 'users'],
  ])('is told by its headings: %s: %s', async (headings, content) => {
    expect(await opened(`${headings}\n`)).toMatchObject({ content });
  });

  it('of licenses is not told without an action', async () => {
    expect(await openContent('User Principal Name,License,Actoin\n')).toMatchObject({
      reason: 'missing-headings',
      missing: [{ field: 'action', heading: 'Action', nearest: 'Actoin' }],
    });
  });

  it('of users takes one license for licenses', async () => {
    const table = await opened('Display name,Email,License\nA,a@a.example,E3\n');

    expect(await rowsOf(table)).toMatchObject([{ cells: { licenses: 'E3' } }]);
  });
});

describe('Passwords', () => {
  it.each([
    'Password',
    'Initial password',
    'Mot de passe',
    'Kennwort',
    'Contraseña',
    'Senha',
    'PWD',
    'Temp. Password',
    'Temp pwd',
    'MDP provisoire',
    'Initial pass',
    'Clave temporal',
    'Palavra-passe',
  ])('are blanked under %s', async (heading) => {
    const table = await opened(`Display name;${heading};Email\nA;hunter2;a@a.example\n`);
    const [row] = await rowsOf(table);

    expect(table).toMatchObject({ passwordColumns: [heading], unknown: [] });
    expect(row!.raw).toEqual(['A', '', 'a@a.example']);
  });

  it.each(['A,B,hunter2,a@a.example', 'hunter2,a@a.example', 'A,hunter2,a@a.example,,'])(
    'are blanked where they slipped to in a ragged row: %s',
    async (line) => {
      const rows = await rowsOf(await opened(`Display name,Password,Email\n${line}\n`));

      expect(rows).toMatchObject([{ ragged: true }]);
      expect(JSON.stringify(rows)).not.toContain('hunter2');
    },
  );
});
