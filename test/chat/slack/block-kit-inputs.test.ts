import type { InputBlock } from '@slack/types';
import { flawsOfView } from '../../../src/chat/slack/block-kit/check';
import { toBlocks, toModal, type ShownInput } from '../../../src/chat/slack/block-kit/convert';
import { readState } from '../../../src/chat/slack/block-kit/state';
import { inputsIn, optionsIn, stateOf } from '../../support/block-kit';

const words = { title: 'Rollcall', submit: 'Send', close: 'Close' };

function modalOf(inputs: readonly object[], shown: readonly ShownInput[] = []): ReturnType<typeof toModal> {
  const modal = toModal({ type: 'AdaptiveCard', body: inputs }, words, shown);
  expect(flawsOfView(modal.view)).toEqual([]);
  return modal;
}

function inputsOf(inputs: readonly object[], shown?: readonly ShownInput[]): readonly InputBlock[] {
  return inputsIn(toBlocks({ body: inputs }, 'home', shown).blocks);
}

function readBack(inputs: readonly object[]): unknown {
  return readState(stateOf(inputsOf(inputs))).values;
}

const plain = (text: string): object => ({ type: 'plain_text', text, emoji: false });
const choices = (count: number, title = (index: number) => `Entry ${index}`): object[] =>
  Array.from({ length: count }, (_, index) => ({ title: title(index + 1), value: `v${index + 1}` }));

describe('inputs of a card in Slack', () => {
  it('shows what is typed', () => {
    const [input] = inputsOf([
      { type: 'Input.Text', id: 'name', label: 'Name', value: 'Ann', placeholder: 'Who', maxLength: 64 },
    ]);

    expect(input).toEqual({
      type: 'input',
      block_id: 'name',
      label: plain('Name'),
      optional: true,
      element: {
        type: 'plain_text_input',
        action_id: 'value',
        initial_value: 'Ann',
        placeholder: plain('Who'),
        max_length: 64,
      },
    });
  });

  it('keeps a value that is longer than may be typed', () => {
    const [input] = inputsOf([
      { type: 'Input.Text', id: 'name', label: 'Name', value: 'x'.repeat(70), maxLength: 64 },
    ]);

    expect(input?.element).toMatchObject({ initial_value: 'x'.repeat(70), max_length: 70 });
  });

  it('parts a text that is too long for one input at its line ends, and reads it as one', () => {
    const value = Array.from({ length: 500 }, (_, index) => `PRODUCT_${index}=25`).join('\n');
    const input = {
      type: 'Input.Text',
      id: 'seats',
      label: 'Seats',
      value,
      isMultiline: true,
      maxLength: 11000,
    };

    const blocks = inputsOf([input]);

    expect(blocks.map(({ block_id, label }) => [block_id, label.text])).toEqual([
      ['seats:1', 'Seats (1)'],
      ['seats:2', 'Seats (2)'],
      ['seats:3', 'Seats (3)'],
    ]);
    expect(readBack([input])).toEqual({ seats: value });
  });

  it('uses the inputs that Slack has in modals alone only there', () => {
    const inputs = [
      { type: 'Input.Number', id: 'hour', label: 'Hour', value: 8, min: 0, max: 23 },
      { type: 'Input.Text', id: 'email', label: 'E-mail', style: 'Email', value: 'ann@a.example' },
    ];

    const modal = modalOf(inputs);
    const home = inputsOf(inputs);

    expect(modal.view.blocks).toMatchObject([
      { element: { type: 'number_input', initial_value: '8', min_value: '0', max_value: '23' } },
      { element: { type: 'email_text_input', initial_value: 'ann@a.example' } },
    ]);
    expect(home).toMatchObject([
      { element: { type: 'plain_text_input', initial_value: '8' } },
      { element: { type: 'plain_text_input', initial_value: 'ann@a.example' } },
    ]);
  });

  it('shows days, times and boxes to tick', () => {
    const inputs = [
      { type: 'Input.Date', id: 'from', label: 'From', value: '2026-11-23' },
      { type: 'Input.Date', id: 'to', label: 'To', value: 'tomorrow' },
      { type: 'Input.Time', id: 'at', label: 'At', value: '08:30' },
      { type: 'Input.Toggle', id: 'enabled', title: 'Remind me', value: 'yes', valueOn: 'yes' },
    ];

    const blocks = inputsOf(inputs);

    expect(blocks.map(({ element }) => element)).toEqual([
      { type: 'datepicker', action_id: 'value', initial_date: '2026-11-23' },
      { type: 'datepicker', action_id: 'value' },
      { type: 'timepicker', action_id: 'value', initial_time: '08:30' },
      {
        type: 'checkboxes',
        action_id: 'value',
        options: [{ text: plain('Remind me'), value: 'yes' }],
        initial_options: [{ text: plain('Remind me'), value: 'yes' }],
      },
    ]);
    expect(readBack(inputs)).toEqual({ from: '2026-11-23', to: '', at: '08:30', enabled: 'yes' });
  });

  it.each([
    [{ style: 'compact' }, 'static_select'],
    [{ style: 'filtered' }, 'static_select'],
    [{ style: 'expanded' }, 'radio_buttons'],
    [{ isMultiSelect: true }, 'multi_static_select'],
    [{ isMultiSelect: true, style: 'expanded' }, 'checkboxes'],
  ])('shows choices %j as %s', (style, type) => {
    const input = {
      type: 'Input.ChoiceSet',
      id: 'one',
      label: 'One',
      choices: choices(3),
      value: 'v2',
      ...style,
    };

    const [block] = inputsOf([input]);

    expect(block?.element.type).toBe(type);
    expect(readBack([input])).toEqual({ one: 'v2' });
  });

  it('parts more than ten boxes into blocks, and reads them as one', () => {
    const input = {
      type: 'Input.ChoiceSet',
      id: 'userIds',
      label: 'Users',
      isMultiSelect: true,
      style: 'expanded',
      choices: choices(23),
      value: 'v21,v2,v11',
    };

    const blocks = inputsOf([input]);

    expect(blocks.map(({ block_id, label }) => [block_id, label.text])).toEqual([
      ['userIds:1', 'Users (1–10)'],
      ['userIds:2', 'Users (11–20)'],
      ['userIds:3', 'Users (21–23)'],
    ]);
    expect(readBack([input])).toEqual({ userIds: 'v2,v11,v21' });
  });

  it('offers more than a hundred choices in groups that say from where to where they go', () => {
    const input = {
      type: 'Input.ChoiceSet',
      id: 'place',
      label: 'Place',
      style: 'filtered',
      choices: choices(249),
      value: 'v249',
    };

    const [block] = inputsOf([input]);

    expect(block?.element).toMatchObject({
      type: 'static_select',
      option_groups: [
        { label: { text: 'Entry 1 – Entry 100' } },
        { label: { text: 'Entry 101 – Entry 200' } },
        { label: { text: 'Entry 201 – Entry 249' } },
      ],
      initial_option: { value: 'v249' },
    });
    expect(modalOf([input]).warnings).toEqual([]);
  });

  it('keeps the address in a long title whole', () => {
    const name = 'A very long display name that goes on and on and on and on';
    const address = (length: number): string => `${'u'.repeat(length - 10)}@a.example`;
    const titles = [
      `${name} – ${address(30)} · Blocked`,
      `${name} – ${address(72)}`,
      `${name} – ${'u'.repeat(64)}@${'d'.repeat(40)}.example`,
    ];

    const options = inputsOf([
      {
        type: 'Input.ChoiceSet',
        id: 'one',
        label: 'One',
        choices: titles.map((title, index) => ({ title, value: `${index}` })),
      },
    ]).flatMap(({ element }) => optionsIn(element));

    expect(options.map(({ text, description }) => [text.text, description?.text])).toEqual([
      [`A very long display name that goes on and o… ${address(30)}`, 'Blocked'],
      [name, address(72)],
      [`${'u'.repeat(64)}@`, `${'d'.repeat(40)}.example · A very long display nam…`],
    ]);
  });

  it('leaves out choices and inputs that Slack would refuse, and says how many', () => {
    const { warnings, view } = modalOf([
      {
        type: 'Input.ChoiceSet',
        id: 'a',
        label: 'A',
        choices: [...choices(2), ...choices(1), { title: 'long', value: 'x'.repeat(151) }],
      },
      { type: 'Input.ChoiceSet', id: 'b', label: 'B', choices: [] },
      { type: 'Input.Text', id: 'a', label: 'Again' },
      { type: 'Input.Text', label: 'Nameless' },
    ]);

    expect(view.blocks).toHaveLength(1);
    expect(warnings).toEqual([
      { at: '/body/0', what: 'choices left out whose value is too long: 1' },
      { at: '/body/0', what: 'choices left out that stand twice: 1' },
      { at: '/body/1', what: 'an input without choices is left out' },
      { at: '/body/2', what: 'an input without an id of its own is left out' },
      { at: '/body/3', what: 'an input without an id of its own is left out' },
    ]);
  });
});

describe('the block of an input in an open view', () => {
  const name = (value: string): object => ({ type: 'Input.Text', id: 'name', label: 'Name', value });

  it.each([
    ['nothing stands there yet', [], 'name'],
    ['the same stands there', [{ id: 'name', blockId: 'name', value: 'Ann' }], 'name'],
    ['another value stands there', [{ id: 'name', blockId: 'name', value: 'Bob' }], 'name~1'],
    ['another value stands there again', [{ id: 'name', blockId: 'name~4', value: '' }], 'name~5'],
    ['the same stands there in a later turn', [{ id: 'name', blockId: 'name~4', value: 'Ann' }], 'name~4'],
  ])('where %s', (_, shown, blockId) => {
    const [block] = inputsOf([name('Ann')], shown);

    expect(block?.block_id).toBe(blockId);
  });

  it('changes only for the part whose ticks change, in whatever order they were made', () => {
    const ticks = (value: string): object => ({
      type: 'Input.ChoiceSet',
      id: 'userIds',
      label: 'Users',
      isMultiSelect: true,
      style: 'expanded',
      choices: choices(12),
      value,
    });
    const shown = [
      { id: 'userIds', blockId: 'userIds:1', value: 'v3,v1' },
      { id: 'userIds', blockId: 'userIds:2', value: 'v11' },
    ];

    const blocks = inputsOf([ticks('v1,v3,v12')], shown);

    expect(blocks.map(({ block_id }) => block_id)).toEqual(['userIds:1', 'userIds:2~1']);
  });

  it.each(['a:1', 'a~2', 'a:1~2', 'username.64b7'])('is read back as %s', (id) => {
    const shown = [{ id, blockId: inputsOf([{ ...name('Ann'), id }])[0]?.block_id ?? '', value: 'Bob' }];

    const blocks = inputsOf([{ ...name('Ann'), id }], shown);

    expect(readState(stateOf(blocks)).values).toEqual({ [id]: 'Ann' });
  });
});
