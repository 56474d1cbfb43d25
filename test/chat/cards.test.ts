import { createCards } from '../../src/chat/cards';
import { createSeal } from '../../src/chat/seal';
import { word, type Card } from '../../src/ports/card';
import type { Locale } from '../../src/ports/chat';
import { createWords } from '../../src/words/words';
import { readCard } from '../support/rendered-card';

const english: Locale = { language: 'en', timeZone: 'UTC' };
const french: Locale = { language: 'fr', timeZone: 'Europe/Paris' };
const seal = createSeal(Buffer.alloc(32, 1));
const cards = createCards({ words: createWords(), seal });
const render = (card: Card, locale = english) => readCard(cards.render(card, locale));

const contoso = { id: 'c1', name: 'Contoso', defaultDomain: 'contoso.example', change: [] };
const picked = (customer: object = contoso): Card => ({
  name: 'customer-picked',
  data: { customer, here: true, elsewhere: false, open: { customerId: 'c1' } } as Card['data'],
});

describe('A card that acts for a customer', () => {
  it('names it before all else, with its default domain', () => {
    expect(render(picked()).text).toMatch(/^Contoso {2}contoso\.example\nCustomer picked/);
  });

  it('offers to change it where the form says so, and nowhere else', () => {
    const change = [{ frozen: { next: { command: 'add-user', text: '' } } }];
    const titles = (card: Card) => render(card).buttons.map(({ title }) => title);

    expect(titles(picked({ ...contoso, change }))).toContain('Change');
    expect(titles(picked())).not.toContain('Change');
  });

  it.each([
    '${words.title}',
    '${1+1}',
    '{{name}}',
    '**bold** [x](http://evil.example)',
    '<at>all</at>',
    '\\${a}',
  ])('shows the name "%s" as it stands', (name) => {
    const { json, text } = render(picked({ ...contoso, name }));

    expect(text.split('\n')[0]).toBe(`${name}  contoso.example`);
    const shown = JSON.stringify(json).match(/\{"type":"TextBlock"[^}]*\}/g) ?? [];
    expect(shown.join()).not.toContain(JSON.stringify(name).slice(1, -1));
  });

  it('names none on a card that acts for nobody', () => {
    expect(render({ name: 'stale', data: {} }).text).toMatch(/^This card cannot be used any more/);
  });
});

describe('What a button freezes', () => {
  const at = { customerId: 'c1', handOverId: 'h1' };
  const asked: Card = {
    name: 'hand-over-ask',
    data: {
      customer: contoso,
      title: word('hand-over-ask.question', { count: 1 }),
      accounts: [],
      more: [],
      issue: { ...at, form: 'f1' },
      cancel: at,
    },
  };

  it('is sealed for its own verb, whatever else it holds', () => {
    const buttons = render(asked).buttons.filter(({ data }) => 'frozen' in data);

    expect(buttons.map(({ verb, data }) => seal.open(verb, data.frozen))).toEqual([
      { ...at, form: 'f1' },
      at,
    ]);
    expect(seal.open('hand-over.refresh', buttons[0]?.data.frozen)).toBeNull();
  });

  it('is not sealed where nothing is frozen', () => {
    const help = render({ name: 'help', data: { intro: 'x' } });

    for (const { data } of help.buttons) expect(JSON.stringify(data)).not.toContain('seal');
  });

  it('is not changed by rendering: the same card can be rendered again', () => {
    expect(render(asked).json).toEqual(render(asked).json);
  });
});

describe('A card is written for its reader', () => {
  it('in their language, instants in their time zone', () => {
    const state = word('hand-over.state.opened', { at: new Date('2026-11-22T23:30:00Z') });
    const card: Card = {
      name: 'hand-over',
      data: {
        ...{ customer: contoso, title: word('hand-over.title.created'), state, stateColor: 'Good' },
        ...{ accounts: [], more: [], link: [], refresh: [], issueAgain: [], again: [], sheet: [] },
      },
    };

    expect(render(card, english).text).toMatch(/Opened on 22 November 2026 at 23:30/);
    expect(render(card, french).text).toMatch(/23 novembre 2026/);
  });

  it('with all locations by name, sorted in the language, their codes the same', () => {
    const none: Record<string, never[]> = {};
    for (const name of ['givenName', 'surname', 'displayName', 'username', 'domain', 'usageLocation'])
      none[name] = [];
    for (const name of ['jobTitle', 'department', 'roles', 'licenses']) none[name] = [];
    const values = Object.fromEntries([...Object.keys(none), 'find'].map((name) => [name, '']));
    const data = {
      values,
      faults: none,
      domains: [],
      licenses: [],
      roles: [],
      search: [],
      faulty: false,
      save: {},
    };
    const form: Card = { name: 'add-user', data: { customer: contoso, ...data } };

    const [inEnglish, inFrench] = [english, french].map((locale) =>
      render(form, locale).choices('usageLocation'),
    );

    expect(inEnglish).toContain('DE: Germany');
    expect(inFrench).toContain('DE: Allemagne');
    expect(inEnglish!.length).toBe(inFrench!.length);
    expect(new Set(inEnglish).size).toBeGreaterThan(240);
    const names = inFrench!.map((choice) => choice.slice(4));
    expect(names).toEqual([...names].sort(new Intl.Collator('fr').compare));
  });
});

it('refuses a card that there is no template for, by its name', () => {
  expect(() => render({ name: 'nowhere', data: {} })).toThrow('nowhere');
});
