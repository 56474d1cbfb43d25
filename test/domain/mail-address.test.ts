import fc from 'fast-check';
import { checkMailAddress, shortenedAddress } from '../../src/domain/mail-address';

const reasonOf = (typed: string) => {
  const checked = checkMailAddress(typed);
  return 'fault' in checked ? checked.fault.reason : null;
};

describe('an e-mail address', () => {
  test.each([
    'zoe@home.example',
    "o'hara+it@mail.home.example",
    'Z_1@x-y.co',
    `${'z'.repeat(64)}@home.example`,
  ])('may be %s', (address) => {
    expect(checkMailAddress(`  ${address} `)).toEqual({ address });
  });

  test.each([
    'zoe',
    '@home.example',
    'zoe@',
    'zoe@home',
    'zoe@127.0.0.1',
    'zoe@[127.0.0.1]',
    '.zoe@home.example',
    'zoe..d@home.example',
    'zoe@-home.example',
    'zoe@home..example',
    'zoé@home.example',
    '"zoe"@home.example',
    'zoe@home.example,eve@evil.example',
    'zoe@home.example;eve@evil.example',
    'Zoe <zoe@home.example>',
    'zoe@evil.example@home.example',
    `${'z'.repeat(65)}@home.example`,
  ])('is not %s', (typed) => {
    expect(reasonOf(typed)).toBe('not-an-address');
  });

  test('is needed, and at most 254 characters long', () => {
    expect(reasonOf('  ')).toBe('required');
    expect(reasonOf(`zoe@${'a.'.repeat(130)}example`)).toBe('too-long');
  });

  test('holds no sign that could begin another address, another line or another command', () => {
    const hostile = fc.constantFrom(
      '\r',
      '\n',
      '\0',
      ' ',
      ',',
      ';',
      '<',
      '>',
      '(',
      ')',
      '"',
      '\\',
      ':',
      'é',
      '\u202e',
    );
    fc.assert(
      fc.property(fc.string(), hostile, fc.string(), (before, sign, after) => {
        const typed = `${before}z${sign}z${after}@home.example`;
        const checked = checkMailAddress(typed);
        return 'fault' in checked || !checked.address.includes(sign);
      }),
    );
  });

  test('is shown by its first sign and its domain', () => {
    expect(shortenedAddress('zoe.durand@home.example')).toBe('z…@home.example');
  });
});
