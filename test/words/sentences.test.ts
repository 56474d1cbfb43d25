import { createInstance } from 'i18next';
import { createSentences } from '../../src/words/sentences';

function sentencesOf(texts: { en: object; fr: object }) {
  const i18next = createInstance();
  void i18next.init({
    resources: { en: { translation: texts.en }, fr: { translation: texts.fr } },
    fallbackLng: false,
    initAsync: false,
  });
  return createSentences(i18next);
}

const sentences = sentencesOf({
  en: { users: { seen_one: '{{count}} user', seen_other: '{{count}} users' } },
  fr: {
    users: {
      seen_one: '{{count}} utilisateur',
      seen_many: '{{count}} d’utilisateurs',
      seen_other: '{{ count }} utilisateurs',
    },
  },
});

describe('a plural', () => {
  test.each([
    ['en', 0, '0 users'],
    ['en', 1, '1 user'],
    ['en', 2, '2 users'],
    ['fr', 0, '0 utilisateur'],
    ['fr', 1, '1 utilisateur'],
    ['fr', 2, '2 utilisateurs'],
    ['fr', 1_000_000, '1000000 d’utilisateurs'],
  ] as const)('in %s for %i is %p', (language, count, expected) => {
    expect(sentences(language, 'users.seen', count)(() => String(count))).toBe(expected);
  });

  test('is right every time, not only the first', () => {
    const seen = (count: number) => sentences('en', 'users.seen', count)(() => String(count));
    expect([1, 2, 1, 0, 1].map(seen)).toEqual(['1 user', '2 users', '1 user', '0 users', '1 user']);
  });
});
