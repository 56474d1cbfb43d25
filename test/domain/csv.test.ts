import fc from 'fast-check';
import { renderCsv, unguardCell } from '../../src/domain/csv';

it('begins with a byte order mark, quotes every cell and ends every row', () => {
  expect(
    renderCsv(
      [
        ['a', 'b "c"'],
        ['d;e', ''],
      ],
      ';',
    ),
  ).toBe('\ufeff"a";"b ""c""";\r\n'.replace(';\r', '\r') + '"d;e";""\r\n');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '＠A'])(
  'lets no cell become a formula: %j',
  (cell) => {
    expect(renderCsv([[cell]], ',')).toBe(`\ufeff"'${cell}"\r\n`);
  },
);

it.each(['a=1', 'JvFm-4Cd3', "O'Neill", 'é', '1,5'])('leaves %j as it is', (cell) => {
  expect(renderCsv([[cell]], ',')).toBe(`\ufeff"${cell}"\r\n`);
});

it('keeps a table of any text apart, cell by cell, and takes no more off than it put on', () => {
  const cell = fc.oneof(fc.string(), fc.stringMatching(/^'{0,3}[=+@-]?[a-z]*$/));
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 });
  fc.assert(
    fc.property(table, (rows) => {
      const cells = [...renderCsv(rows, ';').matchAll(/"((?:[^"]|"")*)"(?:;|\r\n)/g)].map(([, cell]) =>
        cell!.replaceAll('""', '"'),
      );
      expect(cells.map(unguardCell)).toEqual(rows.flat());
    }),
  );
});
