import type { TableTemplate } from '../../src/ports/tables';
import { opened, rowsOf, templateOf, written } from '../support/tables/reading';

const fileOf = (template: TableTemplate) => written(template, template.rows);

describe('A template', () => {
  it.each([
    ['users', 'en', ','],
    ['users', 'fr', ';'],
    ['licenses', 'en', ','],
    ['licenses', 'fr', ';'],
  ] as const)('for %s in %s is a file of ours with an example', async (content, language, separator) => {
    const file = await fileOf(templateOf(content, language));
    const table = await opened(file);
    const [row, ...others] = await rowsOf(table);

    expect(table).toMatchObject({ content, unknown: [], dialect: { language, separator, bom: true } });
    expect(row!.cells).toMatchObject({ userPrincipalName: 'anne.martin@example.com', statusUpdate: '' });
    expect(others).toEqual([]);
  });

  it('reads well in French', async () => {
    const [headings, example] = (await fileOf(templateOf('users', 'fr'))).toString().split('\r\n');

    expect(headings).toBe(
      '\ufeff"Prénom";"Nom";"Nom complet";"Courrier";"Emplacement";"Licences";"Rôles";"Fonction";"Service";' +
        `"E-mail de remise";"Mise à jour de l'état"`,
    );
    expect(example).toContain('"Anne";"Martin";"Anne Martin"');
  });
});
