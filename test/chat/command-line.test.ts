import { parseCommandLine } from '../../src/chat/command-line';

const commands = ['rollcall', 'customers', 'add-user'];
const read = (line: string) => parseCommandLine(line, commands);

describe('A typed command', () => {
  it.each([
    '/add-user',
    'add-user',
    '  /ADD-User  ',
    '/rollcall add-user',
    '/rollcall /add-user',
    'rollcall\u00a0add-user',
    '/Rollcall rollcall\n add-user',
  ])('is known however it is written: %j', (line) => {
    expect(read(line)).toEqual({ kind: 'known', command: 'add-user', text: '' });
  });

  it('takes along what stands behind it, spaces drawn together', () => {
    expect(read('/customers  Contoso \t Bakery ')).toMatchObject({
      command: 'customers',
      text: 'Contoso Bakery',
    });
  });

  it('keeps case, signs and the word rollcall in what stands behind it', () => {
    expect(read('/customers Rollcall /.*( Ü')).toMatchObject({ text: 'Rollcall /.*( Ü' });
  });

  it.each(['', '   ', '/', 'rollcall', '/rollcall', '/ROLLCALL ', '/rollcall rollcall'])(
    'is the help when there is nothing else: %j',
    (line) => {
      expect(read(line)).toEqual({ kind: 'known', command: 'rollcall', text: '' });
    },
  );
});

describe('A word that is no command', () => {
  it.each([
    ['/custmers', 'customers'],
    ['adduser', 'add-user'],
    ['/rollcall add_usr', 'add-user'],
    ['/rolcal', 'rollcall'],
    ['CUSTOMER', 'customers'],
  ])('leads to the nearest one: %j', (line, nearest) => {
    expect(read(line)).toMatchObject({ kind: 'unknown', nearest });
  });

  it.each(['hello', '/x', 'constructor', '__proto__', 'thank you', '/user-administrators', '😀'])(
    'leads nowhere when none is near: %j',
    (line) => {
      expect(read(line)).toMatchObject({ kind: 'unknown', nearest: null });
    },
  );

  it('is given back as it was typed', () => {
    expect(read('/rollcall /Frobnicate now')).toMatchObject({ typed: '/Frobnicate' });
  });
});

it('reads a line of a hundred thousand words in no time', () => {
  const before = performance.now();

  expect(read('rollcall '.repeat(100_000))).toMatchObject({ command: 'rollcall' });
  expect(read('x'.repeat(1_000_000))).toMatchObject({ kind: 'unknown' });
  expect(performance.now() - before).toBeLessThan(2_000);
});
