import { toBlocks } from '../../../src/chat/slack/block-kit/convert';

function blocksOf(...body: object[]): readonly unknown[] {
  return toBlocks({ type: 'AdaptiveCard', body }, 'message').blocks;
}

function richText(...elements: object[]): object {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function run(text: string, look: object = {}): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...look }] };
}

const plain = (text: string): object => ({ type: 'plain_text', text, emoji: false });

describe('texts of a card in Slack', () => {
  it('shows a heading as header', () => {
    const blocks = blocksOf(
      { type: 'TextBlock', text: 'Users (3)', style: 'heading' },
      run('Ann', { size: 'Large' }),
    );

    expect(blocks).toEqual([
      { type: 'header', text: plain('Users (3)') },
      { type: 'header', text: plain('Ann') },
    ]);
  });

  it('shows a heading that is too long for a header in bold', () => {
    const text = 'long '.repeat(40).trim();

    const blocks = blocksOf({ type: 'TextBlock', text, style: 'heading' });

    expect(blocks).toEqual([richText({ type: 'text', text, style: { bold: true } })]);
  });

  it('shows what is subtle or small as context', () => {
    const blocks = blocksOf(
      { type: 'TextBlock', text: 'by Ada', isSubtle: true },
      run('today', { size: 'Small', spacing: 'None' }),
    );

    expect(blocks).toEqual([
      { type: 'context', elements: [plain('by Ada')] },
      { type: 'context', elements: [plain('today')] },
    ]);
  });

  it('keeps lines that stand close in one block', () => {
    const blocks = blocksOf(run('Ann', { weight: 'Bolder' }), {
      ...run('ann@a.example', { fontType: 'Monospace' }),
      spacing: 'None',
    });

    expect(blocks).toEqual([
      richText(
        { type: 'text', text: 'Ann', style: { bold: true } },
        { type: 'text', text: '\n' },
        { type: 'text', text: 'ann@a.example', style: { code: true } },
      ),
    ]);
  });

  it('reads the Markdown of a text, and takes none for Markdown in a run', () => {
    const text = '**Bold** and *leaning*, [the guide](https://a.example/x), snake_case_name and \\*';

    const blocks = blocksOf({ type: 'TextBlock', text }, run('**Ann** <!here> [x](https://evil.example)'));

    expect(blocks).toEqual([
      richText(
        { type: 'text', text: 'Bold', style: { bold: true } },
        { type: 'text', text: ' and ' },
        { type: 'text', text: 'leaning', style: { italic: true } },
        { type: 'text', text: ', ' },
        { type: 'link', url: 'https://a.example/x', text: 'the guide' },
        { type: 'text', text: ', snake_case_name and *' },
      ),
      richText({ type: 'text', text: '**Ann** <!here> [x](https://evil.example)' }),
    ]);
  });

  it('makes no link of an address that is not of the web', () => {
    const blocks = blocksOf({ type: 'TextBlock', text: '[press](javascript:alert)' });

    expect(blocks).toEqual([richText({ type: 'text', text: '[press](javascript:alert)' })]);
  });

  it('marks what the card says by colour', () => {
    const blocks = blocksOf(
      { ...run('This field is required.', { color: 'Attention', size: 'Small' }), id: 'fault.name' },
      { type: 'Container', style: 'good', items: [run('Saved.')] },
    );

    expect(blocks).toEqual([
      richText({ type: 'text', text: '⚠️ This field is required.' }),
      richText({ type: 'text', text: '✅ Saved.' }),
    ]);
  });

  it('leaves out what is not visible or empty', () => {
    const blocks = blocksOf(
      run(' '),
      { type: 'TextBlock', text: '' },
      { ...run('secret'), isVisible: false },
    );

    expect(blocks).toEqual([]);
  });

  it('parts a long text into blocks without losing a word', () => {
    const text = Array.from({ length: 2000 }, (_, index) => `word${index}`).join(' ');

    const blocks = blocksOf(run(text));

    expect(blocks.length).toBeGreaterThan(1);
    expect(JSON.stringify(blocks).match(/word\d+/g)).toEqual(text.split(' '));
  });
});

describe('columns of a card in Slack', () => {
  const press = {
    type: 'Action.Execute',
    title: 'Open',
    verb: 'users.view',
    data: { id: '1' },
    associatedInputs: 'none',
    tooltip: 'Open Ann',
  };
  const column = (...items: object[]): object => ({ type: 'Column', items });
  const row = (...columns: object[]): object => ({ type: 'ColumnSet', columns });
  const who = column(run('Ann', { weight: 'Bolder' }), run('ann@a.example', { isSubtle: true }));

  it('shows a row with one button as its name in bold, and the rest with the button beside it', () => {
    const blocks = blocksOf(row(who, column({ type: 'ActionSet', actions: [press] })));

    expect(blocks).toEqual([
      richText({ type: 'text', text: 'Ann', style: { bold: true } }),
      {
        type: 'section',
        text: plain('ann@a.example'),
        accessory: {
          type: 'button',
          text: plain('Open'),
          accessibility_label: 'Open Ann',
          action_id: 'users.view',
          value: '{"id":"1","associatedInputs":"none"}',
        },
      },
    ]);
  });

  it('shows a row with several buttons as text and the buttons below it', () => {
    const blocks = blocksOf(row(who, column({ type: 'ActionSet', actions: [press, press] })));

    expect(blocks).toMatchObject([
      { type: 'rich_text' },
      { type: 'actions', elements: [{ action_id: 'users.view' }, { action_id: 'users.view:2' }] },
    ]);
  });

  it('puts a name and its values on one line, and the lines below each other', () => {
    const fact = (name: string, ...values: string[]): object => ({
      ...row(column(run(name, { isSubtle: true })), column(...values.map((value) => run(value)))),
      spacing: 'Small',
    });

    const blocks = blocksOf(fact('Licenses', 'E3', 'EMS'), fact('Location', 'France'));

    expect(blocks).toEqual([
      richText(
        { type: 'text', text: 'Licenses', style: { bold: true } },
        { type: 'text', text: '  E3, EMS\n' },
        { type: 'text', text: 'Location', style: { bold: true } },
        { type: 'text', text: '  France' },
      ),
    ]);
  });

  it('shows a picture beside the only text, and leaves out what only decorates', () => {
    const image = { type: 'Image', url: 'http://127.0.0.1:3978/f/x', altText: 'A bar' };
    const pixel = { type: 'Image', url: 'https://a.example/pixel.png', altText: '' };

    const blocks = blocksOf(row(column(run('Ann')), column(image), column(pixel)));

    expect(blocks).toEqual([
      {
        type: 'section',
        text: plain('Ann'),
        accessory: { type: 'image', image_url: 'http://127.0.0.1:3978/f/x', alt_text: 'A bar' },
      },
    ]);
  });

  it('parts rows by a line only where buttons stand below them', () => {
    const list = (...actions: object[]): object[] =>
      [1, 2].map(() => ({
        type: 'Container',
        separator: true,
        items: [row(who, column({ type: 'ActionSet', actions }))],
      }));

    const [narrow, wide] = [blocksOf(...list(press)), blocksOf(...list(press, press))];

    expect(narrow).toMatchObject(['rich_text', 'section', 'rich_text', 'section'].map((type) => ({ type })));
    expect(wide).toMatchObject(
      ['rich_text', 'actions', 'divider', 'rich_text', 'actions'].map((type) => ({ type })),
    );
  });
});

describe('what Slack has nothing for', () => {
  const convert = (node: object): ReturnType<typeof toBlocks> => toBlocks({ body: [node] }, 'message');

  it('shows facts and tables as lines', () => {
    const facts = convert({ type: 'FactSet', facts: [{ title: 'Name', value: '**Ann**' }] });
    const cell = (text: string): object => ({ type: 'TableCell', items: [run(text)] });
    const table = convert({
      type: 'Table',
      rows: [{ cells: [cell('User'), cell('Days')] }, { cells: [cell('Ann'), cell('3')] }],
    });

    expect(facts.blocks).toEqual([
      richText(
        { type: 'text', text: 'Name', style: { bold: true } },
        { type: 'text', text: '  ' },
        { type: 'text', text: 'Ann', style: { bold: true } },
      ),
    ]);
    expect(table.blocks).toHaveLength(1);
    expect(JSON.stringify(table.blocks)).toContain('\\nAnn · 3');
    expect(table.warnings).toEqual([{ at: '/body/0', what: 'a table is shown as lines' }]);
  });

  it('shows pictures of a set one by one, and only those of the web', () => {
    const { blocks, warnings } = convert({
      type: 'ImageSet',
      images: [
        { type: 'Image', url: 'https://a.example/a.png', altText: 'A' },
        { type: 'Image', url: 'data:image/png;base64,AA', altText: 'B' },
      ],
    });

    expect(blocks).toEqual([{ type: 'image', image_url: 'https://a.example/a.png', alt_text: 'A' }]);
    expect(warnings).toEqual([
      { at: '/body/0/images/1', what: 'a picture that is at no web address is left out' },
    ]);
  });

  it('says what it left out, and where', () => {
    const { blocks, warnings } = convert({ type: 'Media', sources: [] });

    expect(blocks).toEqual([]);
    expect(warnings).toEqual([{ at: '/body/0', what: 'an element that Slack has nothing for is left out' }]);
  });
});
