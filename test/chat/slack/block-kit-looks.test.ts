import { toBlocks, toModal } from '../../../src/chat/slack/block-kit/convert';
import { flawsOf } from '../../../src/chat/slack/block-kit/check';

const card = (body: readonly object[], actions: readonly object[] = []) => ({
  ...{ type: 'AdaptiveCard', body, actions },
});
const run = (text: string, look: object = {}) => ({ type: 'TextRun', text, ...look });
const rich = (...inlines: object[]) => ({ type: 'RichTextBlock', inlines });
const columns = (...items: object[]) => ({
  type: 'ColumnSet',
  columns: items.map((item) => ({ type: 'Column', items: [item] })),
});
const press = (verb: string, title: string) => ({
  ...{ type: 'Action.Execute', verb, title, data: {}, associatedInputs: 'none' },
});
const row = (name: string, ...actions: object[]) => ({
  type: 'ColumnSet',
  columns: [
    {
      type: 'Column',
      items: [rich(run(name, { weight: 'Bolder' })), rich(run('ann@a.example', { fontType: 'Monospace' }))],
    },
    { type: 'Column', items: [{ type: 'ActionSet', actions }] },
  ],
});

/** All texts of the blocks in their order, as one. */
function readOf(blocks: readonly object[]): string {
  return [...JSON.stringify(blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => JSON.parse(`"${text ?? ''}"`) as string)
    .join('');
}

function read(...body: object[]): string {
  const { blocks } = toBlocks(card(body), 'message');
  expect(flawsOf(blocks, 'message')).toEqual([]);
  return readOf(blocks);
}

describe('What stands on one line', () => {
  it('is told apart by a dot, also where it kept its distance by spaces', () => {
    const ann = rich(run('Ann', { weight: 'Bolder' }), run('  ann@a.example'));

    expect(read(columns(ann, rich(run('Refused'))))).toBe('Ann · ann@a.example · Refused');
  });

  it('is a list where a label has several values', () => {
    const label = { type: 'TextBlock', text: 'Licenses', isSubtle: true };

    expect(read(columns(label, rich(run('Office 365 E3\nPower BI Pro'))))).toBe(
      'Licenses  Office 365 E3, Power BI Pro',
    );
    expect(read(columns(label, rich(run('None.\nAsk somebody.'))))).toBe('Licenses  None.\nAsk somebody.');
  });

  it('needs no dot behind a number or a colon', () => {
    expect(read(columns(rich(run('1.')), rich(run('Ann')), rich(run('3 days'))))).toBe('1. Ann · 3 days');
    expect(read(columns(rich(run('Link:')), rich(run('here'))))).toBe('Link: here');
  });

  it('keeps its place beside a name that is written from right to left', () => {
    const name = 'דנה לוי';

    expect(read(columns(rich(run(name)), rich(run('3 days'))))).toBe(`\u2068${name}\u2069 · 3 days`);
    expect(read(rich(run(name), run(', admin')))).toBe(`\u2068${name}\u2069, admin`);
    expect(read({ type: 'FactSet', facts: [{ title: 'Name', value: name }] })).toBe(
      `Name  \u2068${name}\u2069`,
    );
  });

  it('is not turned round by signs that somebody wrote into a name', () => {
    const text = read(rich(run('Ann\u202e\u2069 nimda'), run(' · guest')));

    expect(text).toBe('\u2068Ann nimda\u2069 · guest');
  });

  it('has no marks that nobody needs, so that what is copied is what was written', () => {
    expect(read(rich(run('ann@a.example'), run(' · Zoé')))).toBe('ann@a.example · Zoé');
  });

  it('shows no empty box where a text in code is blank', () => {
    const { blocks } = toBlocks(
      card([rich(run('a'), run('   ', { fontType: 'Monospace' }), run('b'))]),
      'message',
    );

    expect(JSON.stringify(blocks)).not.toContain('code');
  });
});

describe('The rows of a list', () => {
  it('have their names in bold and the same words below, with one button or two', () => {
    const open = press('users.view', 'Open');
    const change = press('users.edit', 'Change');
    const [one] = toBlocks(card([row('Ann', open)]), 'message').blocks;
    const { blocks } = toBlocks(card([row('Ann', open, change)]), 'message');

    expect(one).toMatchObject({ type: 'rich_text' });
    expect(JSON.stringify(one)).toContain('"text":"Ann","style":{"bold":true}');
    expect(JSON.stringify(blocks)).toContain('"text":"Ann","style":{"bold":true}');
    expect(JSON.stringify(blocks)).not.toContain('code');
  });

  it('are each in one block where there are too many for two', () => {
    const rows = Array.from({ length: 40 }, (_, index) => row(`Ann ${index}`, press('users.view', 'Open')));

    const { blocks, warnings } = toBlocks(card(rows), 'message');

    expect(blocks).toHaveLength(40);
    expect(new Set(blocks.map(({ type }) => type))).toEqual(new Set(['section']));
    expect(readOf(blocks)).toContain('Ann 39\nann@a.example');
    expect(warnings).toEqual([]);
  });

  it('are parted from the buttons of the whole card', () => {
    const add = press('users.add', 'Add');
    const typesOf = (body: object[]) => toBlocks(card(body, [add]), 'message').blocks.map(({ type }) => type);

    expect(typesOf([row('Ann', press('users.view', 'Open'))]).slice(-3)).toEqual([
      'section',
      'divider',
      'actions',
    ]);
    expect(typesOf([rich(run('Ann'))])).toEqual(['rich_text', 'actions']);
  });
});

describe('The title of a modal', () => {
  const words = { title: 'Customers', submit: 'Send', close: 'Close' };
  const heading = (text: string) => ({ type: 'TextBlock', text, style: 'heading' });
  const typesOf = (...body: object[]) => toModal(card(body), words).view.blocks.map(({ type }) => type);

  it('is not said again below it', () => {
    expect(typesOf(heading('Customers'), rich(run('Contoso')))).toEqual(['rich_text']);
  });

  it('is no reason to leave out a heading that says more, or all that there is', () => {
    expect(typesOf(heading('Customers (3)'), rich(run('Contoso')))).toEqual(['header', 'rich_text']);
    expect(typesOf(heading('Customers'))).toEqual(['header']);
  });
});
