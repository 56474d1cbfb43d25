import { flawsOf, flawsOfView } from '../../../src/chat/slack/block-kit/check';
import { toBlocks, toModal } from '../../../src/chat/slack/block-kit/convert';
import { renderSamples, type SampleCard } from '../../support/sample-cards';
import { blocksRule } from '../../support/slack/block-rules';
import type { Json } from '../../support/slack/json';
import { flawsInMessage, flawsInView } from '../../support/slack/view-rules';

const plain = (text: string): Json => ({ type: 'plain_text', text });
const section = (text: string): Json => ({ type: 'section', text: plain(text) });
const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
const option = (n: number): Json => ({ text: plain(`Option ${n}`), value: `${n}` });
const select = (more: Json = {}): Json => ({
  type: 'static_select',
  action_id: 'value',
  options: [option(1)],
  ...more,
});
const input = (element: Json, more: Json = {}): Json => ({
  type: 'input',
  label: plain('A label'),
  element,
  ...more,
});
const button = (more: Json = {}): Json => ({ type: 'button', text: plain('Do'), action_id: 'a.b', ...more });
const actions = (...elements: Json[]): Json => ({ type: 'actions', elements });
const rich = (text: string): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
const modal = (blocks: readonly Json[], more: Json = {}): Json => ({
  ...{ type: 'modal', title: plain('A form'), submit: plain('Save'), blocks, ...more },
});
const long = (length: number): string => 'x'.repeat(length);

const refusedMessages: Readonly<Record<string, readonly Json[]>> = {
  'more than 50 blocks': many(51, () => section('x')),
  'a text that is empty': [section('')],
  'a text over 3000': [section(long(3_001))],
  'a header over 150': [{ type: 'header', text: plain(long(151)) }],
  'a header in markup': [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
  'a section with nothing to read': [{ type: 'section' }],
  'eleven fields': [{ type: 'section', fields: many(11, () => plain('x')) }],
  'a field over 2000': [{ type: 'section', fields: [plain(long(2_001))] }],
  'eleven elements of context': [{ type: 'context', elements: many(11, () => plain('x')) }],
  '26 buttons in a row': [actions(...many(26, (n) => button({ action_id: `a.${n}` })))],
  'a row without a button': [actions()],
  'a button with a title over 75': [actions(button({ text: plain(long(76)) }))],
  'a button with a value over 2000': [actions(button({ value: long(2_001) }))],
  'a button of an unknown style': [actions(button({ style: 'default' }))],
  'the same action twice in a row': [actions(button(), button())],
  'the same block twice': [
    { ...section('x'), block_id: 'one' },
    { ...section('y'), block_id: 'one' },
  ],
  'a name of a block over 255': [{ ...section('x'), block_id: long(256) }],
  'an empty rich text': [rich('')],
  'an image without words for it': [{ type: 'image', image_url: 'https://example.com/x.png' }],
  'an image from nowhere': [{ type: 'image', image_url: 'data:image/png;base64,x', alt_text: 'x' }],
  'an unknown block': [{ type: 'marquee', text: plain('x') }],
  'an unknown property': [{ ...section('x'), colour: 'red' }],
  'a text field among buttons': [actions({ type: 'plain_text_input', action_id: 'x' })],
};

const refusedElements: Readonly<Record<string, Json>> = {
  '101 options': select({ options: many(101, option) }),
  'no option at all': select({ options: [] }),
  'options and groups': select({ option_groups: [{ label: plain('x'), options: [option(1)] }] }),
  'a group over 100': select({
    options: undefined,
    option_groups: [{ label: plain('x'), options: many(101, option) }],
  }),
  'an option over 75': select({ options: [{ text: plain(long(76)), value: '1' }] }),
  'an option with a value over 150': select({ options: [{ text: plain('x'), value: long(151) }] }),
  'an initial option that is none': select({ initial_option: option(2) }),
  'eleven boxes': { type: 'checkboxes', options: many(11, option) },
  'eleven radio buttons': { type: 'radio_buttons', options: many(11, option) },
  'a date that is none': { type: 'datepicker', initial_date: '1.2.2026' },
  'a time that is none': { type: 'timepicker', initial_time: '25:00' },
  'a placeholder over 150': { type: 'plain_text_input', placeholder: plain(long(151)) },
  'more to type than 3000': { type: 'plain_text_input', max_length: 3_001 },
  'a number without its kind': { type: 'number_input' },
  'a button as an input': button(),
};

const refusedViews: Readonly<Record<string, Json>> = {
  'more than 100 blocks': modal(many(101, () => section('x'))),
  'a title over 24': modal([section('x')], { title: plain(long(25)) }),
  'a button to send over 24': modal([section('x')], { submit: plain(long(25)) }),
  'no title': modal([section('x')], { title: undefined }),
  'an input and no button to send': modal([input(select())], { submit: undefined }),
  'more than 3000 of its own': modal([section('x')], { private_metadata: long(3_001) }),
  'a table': modal([{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }]),
  'a label over 2000': modal([input(select(), { label: plain(long(2_001)) })]),
  'a title at home': { type: 'home', title: plain('x'), blocks: [section('x')] },
};

const withoutUndefined = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const entriesOf = (cases: Readonly<Record<string, unknown>>) => Object.entries(cases);

describe('Both tables of what Slack refuses find', () => {
  it.each(entriesOf(refusedMessages))('%s in a message', (_what, blocks) => {
    const given = withoutUndefined(blocks) as readonly Json[];

    expect(flawsInMessage(given)).not.toEqual([]);
    expect(flawsOf(given, 'message')).not.toEqual([]);
  });

  it.each(entriesOf(refusedElements))('%s in a form', (_what, element) => {
    const view = withoutUndefined(modal([input(element as Json)]));

    expect(flawsInView(view)).not.toEqual([]);
    expect(flawsOfView(view)).not.toEqual([]);
  });

  it.each(entriesOf(refusedViews))('%s in a view', (_what, given) => {
    const view = withoutUndefined(given);

    expect(flawsInView(view)).not.toEqual([]);
    expect(flawsOfView(view)).not.toEqual([]);
  });

  it('nothing in what is at its limits', () => {
    const message = [
      ...many(47, () => section(long(3_000))),
      rich('x'),
      actions(...many(25, (n) => button({ action_id: `a.${n}`, text: plain(long(75)), value: long(2_000) }))),
      { type: 'section', fields: many(10, () => plain(long(2_000))), accessory: button() },
    ];
    const view = modal(
      [
        input(select({ options: many(100, option), initial_option: option(99) })),
        input({ type: 'checkboxes', options: many(10, option), initial_options: [option(3)] }),
        input({ type: 'number_input', is_decimal_allowed: false, initial_value: '25' }),
      ],
      { title: plain(long(24)), private_metadata: long(3_000) },
    );

    expect(flawsInMessage(message)).toEqual([]);
    expect(flawsOf(message, 'message')).toEqual([]);
    expect(flawsInView(view)).toEqual([]);
    expect(flawsOfView(view)).toEqual([]);
  });
});

describe('The fake takes every card', () => {
  let samples: readonly SampleCard[];
  beforeAll(async () => {
    samples = await renderSamples();
  });
  const words = { title: 'Rollcall', submit: 'OK', close: 'Close' };
  const refused = (flawsOfCard: (card: object) => readonly unknown[]) =>
    samples.map(({ of, json }) => [of, flawsOfCard(json)]).filter(([, flaws]) => flaws?.length !== 0);

  it('as a message', () => {
    expect(refused((card) => flawsInMessage(toBlocks(card, 'message').blocks))).toEqual([]);
  });

  it('as a home tab', () => {
    expect(refused((card) => blocksRule('home')(toBlocks(card, 'home').blocks, ''))).toEqual([]);
  });

  it('as a modal', () => {
    expect(refused((card) => flawsInView(toModal(card, words).view))).toEqual([]);
  });
});
