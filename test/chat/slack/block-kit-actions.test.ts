import { deflateRawSync } from 'node:zlib';
import { hasInputs, toBlocks, toModal } from '../../../src/chat/slack/block-kit/convert';
import { readPress, readState } from '../../../src/chat/slack/block-kit/state';
import { buttonsIn } from '../../support/block-kit';

const words = { title: 'A title of more than 24 letters', submit: 'Send', close: 'Close' };
const input = { type: 'Input.Text', id: 'text', label: 'Search' };

function execute(verb: string, more: object = {}): object {
  return { type: 'Action.Execute', title: verb, verb, data: { frozen: { id: '1' } }, ...more };
}

function pressesOf(...actions: object[]): unknown[] {
  return buttonsIn(toBlocks({ actions }, 'message').blocks).map(readPress);
}

describe('actions of a card in Slack', () => {
  it('is a button that brings back its verb and its data', () => {
    const presses = pressesOf(execute('users.page'), execute('users.page', { associatedInputs: 'none' }));

    expect(presses).toEqual([
      { verb: 'users.page', data: { frozen: { id: '1' } }, takesInputs: true },
      { verb: 'users.page', data: { frozen: { id: '1' } }, takesInputs: false },
    ]);
  });

  it('shows what is wanted in green and what destroys in red', () => {
    const buttons = buttonsIn(
      toBlocks(
        { actions: [execute('a.a', { style: 'positive' }), execute('b.b', { style: 'destructive' })] },
        'message',
      ).blocks,
    );

    expect(buttons).toMatchObject([{ style: 'primary' }, { style: 'danger' }]);
  });

  it('brings back data that are longer than a button holds', () => {
    const ids = Array.from({ length: 80 }, (_, index) => `64b7f0c2a1b2c3d4e5f6${1000 + index}`);
    const data = { frozen: { ids } };

    const [button] = buttonsIn(toBlocks({ actions: [execute('users.page', { data })] }, 'message').blocks);

    expect(button?.value?.length).toBeLessThanOrEqual(2000);
    expect(readPress(button)).toEqual({ verb: 'users.page', data, takesInputs: true });
  });

  it('opens links of the web and no others', () => {
    const open = (url: string): object => ({ type: 'Action.OpenUrl', title: 'Open', url });

    const { blocks, warnings } = toBlocks(
      { actions: [open('https://a.example'), open('javascript:1')] },
      'message',
    );

    expect(buttonsIn(blocks)).toMatchObject([{ url: 'https://a.example' }]);
    expect(buttonsIn(blocks).map(readPress)).toEqual([null]);
    expect(warnings).toEqual([{ at: '/actions/1', what: 'a link that is no web address is left out' }]);
  });

  it('shows at once what would unfold', () => {
    const card = { body: [input], actions: [execute('a.save')] };

    const { blocks, warnings } = toBlocks(
      { actions: [{ type: 'Action.ShowCard', title: 'More', card }] },
      'home',
    );

    expect(blocks).toMatchObject([
      { type: 'rich_text' },
      { type: 'input', block_id: 'text' },
      { type: 'actions' },
    ]);
    expect(warnings).toEqual([{ at: '/actions/0', what: 'a part that unfolds is shown at once' }]);
  });

  it('makes a button of what happens when an element is pressed', () => {
    const body = [
      { type: 'Container', items: [{ type: 'TextBlock', text: 'Ann' }], selectAction: execute('users.view') },
    ];

    const { blocks } = toBlocks({ body }, 'message');

    expect(buttonsIn(blocks).map(({ action_id }) => action_id)).toEqual(['users.view']);
  });

  it.each([
    ['a link', { type: 'button', action_id: 'link', url: 'https://a.example' }],
    ['no JSON', { type: 'button', action_id: 'users.view', value: '{' }],
    ['no object', { type: 'button', action_id: 'users.view', value: '[1]' }],
    ['broken packing', { type: 'button', action_id: 'users.view', value: '{"packed":"AAAA"}' }],
    ['a choice', { type: 'static_select', action_id: 'value', selected_option: { value: '1' } }],
    ['nothing', null],
    [
      'a packing that swells beyond measure',
      {
        type: 'button',
        action_id: 'users.view',
        value: JSON.stringify({ packed: deflateRawSync(`{"a":"${'x'.repeat(1e6)}"}`).toString('base64') }),
      },
    ],
  ])('takes %s for no press', (_, action) => {
    expect(readPress(action)).toBeNull();
  });
});

describe('the button of a modal', () => {
  const search = execute('users.search', { title: 'Search' });

  it.each([
    [
      'the wanted action of the card',
      [search],
      [execute('a.b'), execute('a.save', { style: 'positive' })],
      'a.save',
    ],
    ['else the first that takes inputs, from the top', [search], [execute('a.b')], 'users.search'],
    ['never one that takes none', [], [execute('a.no', { associatedInputs: 'none' }), execute('a.b')], 'a.b'],
  ])('is %s', (_, inBody, actions, verb) => {
    const body = [input, { type: 'ActionSet', actions: inBody }];

    const modal = toModal({ body, actions }, words);

    expect(modal.submit).toEqual({ verb, data: { frozen: { id: '1' } }, takesInputs: true });
    expect(modal.view.callback_id).toBe(verb);
    const others = [...inBody, ...actions]
      .map((action) => ('verb' in action ? action.verb : null))
      .filter((one) => one !== verb);
    const blocks = modal.view.blocks.filter((block) => block.type === 'actions');
    expect(JSON.stringify(blocks).match(/"action_id":"[^"]+/g) ?? []).toEqual(
      others.map((one) => `"action_id":"${String(one)}`),
    );
  });

  it('may stand beside an input', () => {
    const modal = toModal({ body: [{ ...input, inlineAction: search }] }, words);

    expect(modal.submit?.verb).toBe('users.search');
    expect(modal.view.blocks).toHaveLength(1);
  });

  it('is there wherever there is an input, and nowhere else', () => {
    const without = toModal(
      { body: [{ type: 'TextBlock', text: 'Done' }], actions: [execute('a.b')] },
      words,
    );
    const actionless = toModal({ body: [input] }, words);

    expect([without.submit, without.view.submit, without.view.blocks.length]).toEqual([null, undefined, 2]);
    expect([actionless.submit, actionless.view.submit?.text]).toEqual([null, 'Send']);
  });

  it('has a title that fits, as the view has', () => {
    const long = execute('a.save', { title: 'Change the licenses of all of them' });

    const { view, warnings } = toModal({ body: [input], actions: [long] }, words);

    expect([view.title.text, view.submit?.text, view.close?.text]).toEqual([
      'A title of more than 24…',
      'Change the licenses of…',
      'Close',
    ]);
    expect(warnings).toEqual([{ at: '/actions', what: 'the title of the submit button is cut' }]);
  });
});

describe('whether a card has inputs', () => {
  it.each([
    [true, { body: [{ type: 'Container', items: [input] }] }],
    [true, { actions: [{ type: 'Action.ShowCard', card: { body: [input] } }] }],
    [false, { body: [{ type: 'Container', isVisible: false, items: [input] }] }],
    [false, { body: [], actions: [execute('a.b', { data: { frozen: input } })] }],
  ])('%s', (expected, card) => {
    expect(hasInputs(card)).toBe(expected);
  });
});

describe('what stands in a view', () => {
  it('is read by the ids of the inputs', () => {
    const values = {
      'name~2': { value: { type: 'plain_text_input', value: 'Ann' } },
      'userIds:10': { value: { type: 'checkboxes', selected_options: [{ value: 'z' }] } },
      'userIds:2~1': { value: { type: 'checkboxes', selected_options: [{ value: 'b' }, { value: 'c' }] } },
      'userIds:1': { value: { type: 'checkboxes', selected_options: [] } },
      empty: { value: { type: 'plain_text_input', value: null } },
    };

    const state = readState(values);

    expect(state.values).toEqual({ name: 'Ann', userIds: 'b,c,z', empty: '' });
    expect(state.shown).toContainEqual({ id: 'userIds', blockId: 'userIds:2~1', value: 'b,c' });
  });

  it.each([[null], ['x'], [[1]], [{ a: null }], [{ a: { other: { value: 'x' } } }]])(
    'is nothing in %j',
    (values) => {
      expect(readState(values)).toEqual({ values: {}, shown: [] });
    },
  );

  it('takes no value for what is none', () => {
    const state = readState({
      a: { value: { value: { $ne: 1 } } },
      __proto__x: { value: { selected_options: [null, { value: [] }] } },
    });

    expect(state.values).toEqual({ a: '', __proto__x: '' });
  });
});
