import { flawsOf, flawsOfView } from '../../../src/chat/slack/block-kit/check';

const plain = (text: string): object => ({ type: 'plain_text', text });
const button = (more: object = {}): object => ({
  type: 'button',
  text: plain('Go'),
  action_id: 'go',
  ...more,
});
const actions = (...elements: object[]): object => ({ type: 'actions', elements });
const input = (element: object, more: object = {}): object => ({
  type: 'input',
  label: plain('Name'),
  element,
  ...more,
});
const typed = { type: 'plain_text_input', action_id: 'value' };
const select = (options: object[], more: object = {}): object => ({
  type: 'static_select',
  action_id: 'value',
  options,
  ...more,
});
const option = (value: string, text = value): object => ({ text: plain(text), value });
const modal = (blocks: object[], more: object = {}): object => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Go'),
  blocks,
  ...more,
});
const long = (length: number): string => 'x'.repeat(length);

describe('what Slack would refuse', () => {
  it('is not in what it takes', () => {
    const blocks = [
      { type: 'header', text: plain(long(150)) },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: long(3000) },
        accessory: button({ value: long(2000) }),
      },
      actions(button(), button({ action_id: 'other', url: 'https://a.example', style: 'danger' })),
      input(select([option('a'), option('b')], { initial_option: option('b') }), {
        block_id: 'a',
        optional: true,
      }),
      input({ ...typed, max_length: 3000, initial_value: long(3000) }, { block_id: 'b' }),
      { type: 'image', image_url: 'http://127.0.0.1/a.png', alt_text: 'A' },
      { type: 'divider' },
    ];

    expect([flawsOf(blocks, 'message'), flawsOf(blocks, 'home'), flawsOfView(modal(blocks))]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it.each([
    ['no object', 'x', '/0/type'],
    ['a type that does not exist', { type: 'sections' }, '/0/type'],
    ['a member that does not exist', { type: 'divider', text: 'x' }, '/0/text'],
    ['a header without text', { type: 'header', text: plain('') }, '/0/text/text'],
    ['a header that is too long', { type: 'header', text: plain(long(151)) }, '/0/text/text'],
    ['a section of nothing', { type: 'section' }, '/0'],
    ['a text that is too long', { type: 'section', text: plain(long(3001)) }, '/0/text/text'],
    [
      'too many in a context',
      { type: 'context', elements: Array.from({ length: 11 }, () => plain('x')) },
      '/0/elements',
    ],
    ['no buttons', actions(), '/0/elements'],
    [
      'too many buttons',
      actions(...Array.from({ length: 26 }, (_, at) => button({ action_id: `${at}` }))),
      '/0/elements',
    ],
    ['the same action twice', actions(button(), button()), '/0/elements/1'],
    ['a value that is too long', actions(button({ value: long(2001) })), '/0/elements/0/value'],
    ['a title that is too long', actions(button({ text: plain(long(76)) })), '/0/elements/0/text/text'],
    ['a strange address', actions(button({ url: 'javascript:1' })), '/0/elements/0/url'],
    ['a strange colour', actions(button({ style: 'green' })), '/0/elements/0/style'],
    ['a list without choices', input(select([])), '/0/element/options'],
    [
      'too many choices',
      input(select(Array.from({ length: 101 }, (_, at) => option(`${at}`)))),
      '/0/element/options',
    ],
    ['a choice that is too long', input(select([option('a', long(76))])), '/0/element/options/0/text/text'],
    ['a choice without a value', input(select([option('', 'none')])), '/0/element/options/0/value'],
    ['a choice that stands twice', input(select([option('a'), option('a')])), '/0/element/options/1'],
    [
      'a first choice that is none of them',
      input(select([option('a')], { initial_option: option('b') })),
      '/0/element',
    ],
    [
      'a text longer than may be typed',
      input({ ...typed, max_length: 2, initial_value: 'Ann' }),
      '/0/element',
    ],
    [
      'a day that is none',
      input({ type: 'datepicker', initial_date: 'tomorrow' }),
      '/0/element/initial_date',
    ],
    ['an input of modals', input({ type: 'number_input', is_decimal_allowed: true }), '/0/element/type'],
    [
      'a picture without words',
      { type: 'image', image_url: 'https://a.example', alt_text: '' },
      '/0/alt_text',
    ],
    [
      'an empty rich text',
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] },
      '/0/elements/0/elements',
    ],
    ['an id that is too long', { type: 'divider', block_id: long(256) }, '/0/block_id'],
  ])('is found: %s', (_, block, pointer) => {
    expect(flawsOf([block], 'message').map((flaw) => flaw.pointer)).toEqual([pointer]);
  });

  it('is found across blocks: too many, or two of the same id', () => {
    const many = Array.from({ length: 51 }, () => ({ type: 'divider' }));
    const twice = [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ];

    expect([flawsOf(many, 'message'), flawsOf(many, 'home'), flawsOf(twice, 'home')]).toEqual([
      [{ pointer: '', message: '51 entries, not 0 to 50' }],
      [],
      [{ pointer: '/1', message: 'a block_id stands twice' }],
    ]);
  });

  it.each([
    ['a title that is too long', modal([{ type: 'divider' }], { title: plain(long(25)) }), '/title/text'],
    ['no submit beside an input', modal([input(typed)], { submit: undefined }), '/submit'],
    ['a submit that is too long', modal([input(typed)], { submit: plain(long(25)) }), '/submit/text'],
    [
      'too much to remember',
      modal([{ type: 'divider' }], { private_metadata: long(3001) }),
      '/private_metadata',
    ],
    ['no blocks', modal([]), '/blocks'],
    ['a kind that does not exist', { ...modal([{ type: 'divider' }]), type: 'dialog' }, '/type'],
    ['a Markdown block', modal([{ type: 'markdown', text: 'x' }]), '/blocks/0/type'],
    [
      'more than 250 kB',
      modal(Array.from({ length: 90 }, () => ({ type: 'section', text: plain('é'.repeat(2900)) }))),
      '',
    ],
  ])('is found in a view: %s', (_, view, pointer) => {
    expect(flawsOfView(view).map((flaw) => flaw.pointer)).toEqual([pointer]);
  });
});
