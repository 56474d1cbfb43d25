import fc from 'fast-check';
import {
  deriveToken,
  effectId,
  handOverLifetime,
  handOverState,
  hashToken,
  isFormId,
  newFormId,
  openAccounts,
  sealAccounts,
  type Sealed,
} from '../../src/domain/hand-over';
import { realEntropy } from '../support/entropy';

const text = fc.string({ unit: 'grapheme' });
const accounts = fc.array(fc.record({ userPrincipalName: text, displayName: text, password: text }));
const context = { id: 'a1', customerId: 'c1' };
const ann = {
  userPrincipalName: 'ann@contoso.example',
  displayName: 'Ann Lee',
  password: 'JvFm-4Cd3-aPEU-hybp',
};

describe('a form', () => {
  test('has an id of 32 random bytes, never the same', () => {
    const ids = Array.from({ length: 100 }, () => newFormId(realEntropy));
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(isFormId(id)).toBe(true);
  });

  test('always leads to the same link, and another form to another one', () => {
    const [form, other] = [newFormId(realEntropy), newFormId(realEntropy)];
    expect(deriveToken(form)).toBe(deriveToken(form));
    expect(deriveToken(form)).not.toBe(deriveToken(other));
    expect(deriveToken(form)).toMatch(/^[\w-]{43}$/);
  });

  test('is stored under an id from which neither it nor its link can be read', () => {
    const form = newFormId(realEntropy);
    const token = deriveToken(form);
    expect(effectId(form)).toBe(effectId(form));
    expect(new Set([form, token, effectId(form), hashToken(token), hashToken(form)]).size).toBe(5);
  });

  test('keeps its link over releases, so that a form sent again after an update gives the same one', () => {
    const form = Buffer.alloc(32, 7).toString('base64url');
    expect([deriveToken(form), effectId(form)]).toMatchInlineSnapshot(`
     [
       "C3rzbMuD5zRewMTT4oseBVaWz9dKfa-6-VWe_lwMzhM",
       "65f96295f285f5fdf7ec6efb5bea30289444b368e3e594b39019ecba0ecfa1c8",
     ]
    `);
  });

  test.each([
    '',
    'abc',
    'A'.repeat(42),
    'A'.repeat(44),
    `${'A'.repeat(42)}B`,
    `${'A'.repeat(42)}=`,
    `${'A'.repeat(43)}\n`,
  ])('cannot have the id %j', (id) => {
    expect(isFormId(id)).toBe(false);
    expect(() => deriveToken(id)).toThrow(RangeError);
    expect(() => effectId(id)).toThrow(RangeError);
  });
});

describe('sealed accounts', () => {
  test('come back as they were with the token and the context they were sealed for', () => {
    fc.assert(
      fc.property(accounts, text, (list, token) => {
        expect(openAccounts(sealAccounts(list, token, context, realEntropy), token, context)).toEqual(list);
      }),
    );
  });

  test('do not show what they hold', () => {
    const sealed = sealAccounts([ann], 'token', context, realEntropy);
    const bytes = Object.values(sealed as unknown as Record<string, string>).map((part) =>
      Buffer.from(part, 'base64'),
    );
    expect(Buffer.concat(bytes).includes('JvFm')).toBe(false);
  });

  test('open with no other token and in no other context', () => {
    fc.assert(
      fc.property(text, text, text, text, (token, otherToken, id, customerId) => {
        const sealed = sealAccounts([ann], token, context, realEntropy);
        fc.pre(otherToken !== token);
        expect(() => openAccounts(sealed, otherToken, context)).toThrow();
        expect(() => openAccounts(sealed, token, { id, customerId })).toThrow();
      }),
    );
    const shifted = { id: 'a', customerId: '1c1' };
    expect(() => openAccounts(sealAccounts([ann], 't', context, realEntropy), 't', shifted)).toThrow();
  });

  test('do not open when any byte was changed', () => {
    const sealed = sealAccounts([ann], 'token', context, realEntropy);
    for (const part of ['iv', 'ciphertext', 'tag'] as const) {
      const { length } = Buffer.from(sealed[part], 'base64');
      for (let place = 0; place < length; place += 1) {
        expect(() => openAccounts(changed(sealed, part, place), 'token', context)).toThrow();
      }
    }
  });

  test('do not open with a shortened tag', () => {
    const sealed = sealAccounts([ann], 'token', context, realEntropy);
    const tag = Buffer.from(sealed.tag, 'base64').subarray(0, 4).toString('base64');
    expect(() => openAccounts({ ...sealed, tag }, 'token', context)).toThrow();
  });

  test('are never sealed twice in the same way', () => {
    const [one, other] = [1, 2].map(() => sealAccounts([ann], 'token', context, realEntropy));
    expect(one!.iv).not.toBe(other!.iv);
  });
});

describe('the state of a hand-over', () => {
  const expiresAt = new Date('2026-11-29T10:00:00.000Z');
  const before = new Date(expiresAt.getTime() - 1);
  const after = new Date(expiresAt.getTime() + 1);

  test.each([
    ['waiting', before, 'waiting'],
    ['waiting', expiresAt, 'expired'],
    ['waiting', after, 'expired'],
    ['opened', after, 'opened'],
    ['replaced', before, 'replaced'],
    ['replaced', after, 'replaced'],
  ] as const)('stored as %s is at %p: %s', (state, now, expected) => {
    expect(handOverState({ state, expiresAt }, now)).toBe(expected);
  });

  test('lasts seven days', () => {
    expect(handOverLifetime).toBe(604_800_000);
  });
});

function changed(sealed: Sealed, part: keyof Sealed, place: number): Sealed {
  const bytes = Buffer.from(sealed[part], 'base64');
  bytes[place]! ^= 1;
  return { ...sealed, [part]: bytes.toString('base64') };
}
