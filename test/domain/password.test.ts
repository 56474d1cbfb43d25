import fc from 'fast-check';
import { createTemporaryPassword, digestPassword, matchesPassword } from '../../src/domain/password';
import { realEntropy } from '../support/entropy';

const passwords = Array.from({ length: 2000 }, () => createTemporaryPassword(realEntropy));

describe('a temporary password', () => {
  test('has four groups of four from letters and digits that cannot be mistaken', () => {
    for (const password of passwords) {
      expect(password).toMatch(/^([A-HJ-NP-Za-hjkmnp-z2-9]{4}-){3}[A-HJ-NP-Za-hjkmnp-z2-9]{4}$/);
    }
  });

  test('always has upper case, lower case and a digit', () => {
    for (const password of passwords) {
      for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/]) expect(password).toMatch(kind);
    }
  });

  test('uses all 55 characters and never comes twice', () => {
    expect(new Set(passwords.join('').replaceAll('-', '')).size).toBe(55);
    expect(new Set(passwords).size).toBe(passwords.length);
  });

  test('is tried again when chance left out a kind of character', () => {
    let drawn = 0;
    const lowerCaseFirst = {
      ...realEntropy,
      int: (below: number) => (drawn++ < 16 ? 30 : realEntropy.int(below)),
    };
    expect(createTemporaryPassword(lowerCaseFirst)).toMatch(/[0-9]/);
    expect(drawn).toBeGreaterThanOrEqual(32);
  });

  test('is not made of a source of chance that is stuck', () => {
    expect(() => createTemporaryPassword({ ...realEntropy, int: () => 0 })).toThrow('repeats itself');
  });
});

describe('the digest of a password', () => {
  test('matches that password and no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (password, other) => {
        const digest = digestPassword(password, realEntropy);
        expect(matchesPassword(password, digest)).toBe(true);
        expect(matchesPassword(other, digest)).toBe(Buffer.from(other).equals(Buffer.from(password)));
      }),
    );
  });

  test('is another each time, and does not hold the password', () => {
    const [one, other] = [digestPassword('JvFm-4Cd3', realEntropy), digestPassword('JvFm-4Cd3', realEntropy)];
    expect(one.salt).not.toBe(other.salt);
    expect(one.hash).not.toBe(other.hash);
    expect(JSON.stringify(one)).not.toContain('JvFm');
  });

  test('that is cut off matches nothing', () => {
    const digest = digestPassword('JvFm-4Cd3', realEntropy);
    expect(matchesPassword('JvFm-4Cd3', { ...digest, hash: digest.hash.slice(0, 20) })).toBe(false);
    expect(matchesPassword('JvFm-4Cd3', { ...digest, hash: '' })).toBe(false);
  });
});
