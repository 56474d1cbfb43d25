import fc from 'fast-check';
import { createSeal } from '../../src/chat/seal';

const seal = createSeal(Buffer.alloc(32, 1));
const payload = { customerId: 'c1', form: 'f1' };

/** What comes back from a chat: parsed JSON. */
const through = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

describe('What a card froze', () => {
  it('comes back as it went out, whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (given) => {
        const { seal: _, ...frozen } = through(given);

        expect(seal.open('a.b', through(seal.close('a.b', frozen)))).toEqual(frozen);
      }),
    );
  });

  it('may come back with its members in another order, and without those that were undefined', () => {
    const sent = seal.close('a.b', { x: 1, deep: { q: [1, 2], p: null }, nothing: undefined });
    const { x, deep, ...rest } = through(sent) as { x: number; deep: { q: number[]; p: null } };

    const back = { ...rest, deep: { p: deep.p, q: deep.q }, x };

    expect(seal.open('a.b', back)).toEqual({ x: 1, deep: { q: [1, 2], p: null } });
  });

  it('is the same for every process that shares the key, and for no other', () => {
    const sent = seal.close('a.b', payload);

    expect(createSeal(Buffer.alloc(32, 1)).open('a.b', sent)).toEqual(payload);
    expect(createSeal(Buffer.alloc(32, 2)).open('a.b', sent)).toBeNull();
  });
});

describe('A payload is refused', () => {
  const sent = through(seal.close('a.b', payload));

  it.each<[string, unknown]>([
    ['with another value', { ...sent, customerId: 'c2' }],
    ['with a value of another type', { ...sent, customerId: ['c1'] }],
    ['with a member more', { ...sent, more: null }],
    ['with a member less', { customerId: 'c1', seal: sent.seal }],
    ['with a member moved', { customerId: 'f1', form: 'c1', seal: sent.seal }],
    ['without a seal', payload],
    ['with an empty seal', { ...sent, seal: '' }],
    ['with half a seal', { ...sent, seal: String(sent.seal).slice(0, 11) }],
    ['with a longer seal', { ...sent, seal: `${String(sent.seal)}AAAA` }],
    ['with a seal that is no text', { ...sent, seal: { length: 16 } }],
    ['that is a list', [sent]],
    ['that is a text', JSON.stringify(sent)],
    ['that is nothing', null],
    ['that is a number', 7],
    ['with a prototype of its own', JSON.parse(`{"__proto__":${JSON.stringify(sent)}}`)],
  ])('%s', (_, frozen) => {
    expect(seal.open('a.b', frozen)).toBeNull();
  });

  it('at another button', () => {
    expect(seal.open('a.c', sent)).toBeNull();
    expect(seal.open('a.b\n', sent)).toBeNull();
  });

  it('when names and values were pushed over their borders', () => {
    const one = through(seal.close('a.b', { a: 'x","b":"y' }));

    expect(seal.open('a.b', { a: 'x', b: 'y', seal: one.seal })).toBeNull();
  });
});

it('never shows the key', () => {
  expect(JSON.stringify(seal.close('a.b', payload))).not.toContain(Buffer.alloc(32, 1).toString('base64url'));
});
