import fc from 'fast-check';
import { convertCard, everySurface, isOfOurWords } from '../../support/converted-card';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '😀'.repeat(2000),
    'x'.repeat(20_000),
    '**[_'.repeat(3000),
    '<!channel> & :smile:',
  ),
);
const id = fc.oneof(fc.constantFrom('a', 'b', 'a:1', 'a~1', '', '__proto__', 'i'.repeat(300)), fc.string());
const choices = fc.oneof(
  fc.array(fc.record({ title: text, value: text }), { maxLength: 30 }),
  fc.constantFrom(11, 101, 1000).map((count) =>
    Array.from({ length: count }, (_, index) => ({
      title: `Käufer ${index} – user${index}@a.example`.repeat(2),
      value: `v${index}`,
    })),
  ),
);
const look = fc.record(
  {
    isSubtle: fc.boolean(),
    size: fc.constantFrom('Small', 'Large'),
    weight: fc.constant('Bolder'),
    separator: fc.boolean(),
    color: fc.constantFrom('Attention', 'Good'),
    style: fc.constantFrom('heading', 'compact', 'expanded', 'Email', 'Url', 'warning'),
    spacing: fc.constantFrom('None', 'Small', 'Large'),
    isVisible: fc.boolean(),
    isMultiSelect: fc.boolean(),
    isMultiline: fc.boolean(),
    isRequired: fc.boolean(),
    maxLength: fc.integer({ min: -1, max: 20_000 }),
    placeholder: text,
  },
  { requiredKeys: [] },
);
const action = fc.record({
  type: fc.constantFrom(
    'Action.Execute',
    'Action.Execute',
    'Action.OpenUrl',
    'Action.Submit',
    'Action.ToggleVisibility',
  ),
  title: text,
  verb: fc.constantFrom('users.page', 'users.view', '', 'v'.repeat(400)),
  url: fc.constantFrom('https://a.example', 'javascript:1', 'http://[', ''),
  data: fc.oneof(fc.record({ frozen: fc.record({ text }) }), fc.constant(null)),
  associatedInputs: fc.constantFrom('auto', 'none'),
  style: fc.constantFrom('positive', 'destructive', 'default'),
  tooltip: text,
});

const { element } = fc.letrec<{ element: object; card: object }>((tie) => {
  const elements = fc.array(tie('element'), { maxLength: 2, depthIdentifier: 'card' });
  const leaf = fc
    .tuple(
      fc.oneof(
        fc.record({ type: fc.constant('TextBlock'), text }),
        fc.record({
          type: fc.constant('RichTextBlock'),
          inlines: fc.array(fc.oneof(text, fc.record({ text })), { maxLength: 4 }),
        }),
        fc.record({
          type: fc.constant('Image'),
          url: fc.constantFrom('https://a.example/a.png', 'x'),
          altText: text,
        }),
        fc.record({
          type: fc.constantFrom(
            'Input.Text',
            'Input.Number',
            'Input.Date',
            'Input.Time',
            'Input.Toggle',
            'Input.ChoiceSet',
          ),
          id,
          label: text,
          title: text,
          value: text,
          choices,
          inlineAction: action,
        }),
        fc.record({ type: fc.constant('ActionSet'), actions: fc.array(action, { maxLength: 30 }) }),
        fc.record({
          type: fc.constant('FactSet'),
          facts: fc.array(fc.record({ title: text, value: text }), { maxLength: 30 }),
        }),
        fc.anything().map((value) => ({ type: 'Strange', items: value, fallback: value })),
      ),
      look,
    )
    .map(([node, style]) => ({ ...style, ...node }));
  return {
    card: fc.record({ body: elements, actions: fc.array(action, { maxLength: 3 }) }),
    element: fc.oneof(
      { depthIdentifier: 'card', maxDepth: 3 },
      { arbitrary: leaf, weight: 3 },
      {
        arbitrary: fc.record({
          type: fc.constant('Container'),
          items: elements,
          selectAction: action,
          style: fc.constantFrom('good', 'warning'),
        }),
        weight: 1,
      },
      {
        arbitrary: fc.record({
          type: fc.constant('ColumnSet'),
          columns: fc.array(fc.record({ items: elements }), { maxLength: 4 }),
        }),
        weight: 1,
      },
      {
        arbitrary: fc.record({
          type: fc.constant('Table'),
          rows: fc.array(fc.record({ cells: fc.array(fc.record({ items: elements }), { maxLength: 3 }) }), {
            maxLength: 3,
          }),
        }),
        weight: 1,
      },
      {
        arbitrary: fc.record({
          type: fc.constant('ActionSet'),
          actions: fc.array(
            fc.record({ type: fc.constant('Action.ShowCard'), title: text, card: tie('card') }),
            { maxLength: 2 },
          ),
        }),
        weight: 1,
      },
    ),
  };
});

const card = fc.record({
  body: fc.array(element, { maxLength: 8 }),
  actions: fc.array(action, { maxLength: 10 }),
});

describe.each(everySurface)('cards that nobody would make, as %s', (surface) => {
  it('become what Slack takes, with warnings that hold no data', () => {
    fc.assert(
      fc.property(card, (hostile) => {
        const { flaws, warnings } = convertCard(hostile, surface);

        expect(flaws).toEqual([]);
        expect(warnings.filter((one) => !isOfOurWords(one))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['nothing at all', {}],
    ['no lists where lists belong', { body: 'x', actions: { a: 1 } }],
    ['100,000 entries that are none', { body: new Array(100_000).fill(null) }],
  ])('of %s become nothing', (_, strange) => {
    const { flaws, presses, values } = convertCard(strange, surface);

    expect([flaws, presses, values]).toEqual([[], [], {}]);
  });

  it('of containers within containers without end become what Slack takes', () => {
    let nested: object = { type: 'TextBlock', text: 'deep' };
    for (let depth = 0; depth < 3000; depth += 1) nested = { type: 'Container', items: [nested] };

    const { flaws, warnings } = convertCard({ body: [nested] }, surface);

    expect(flaws).toEqual([]);
    expect(warnings).toEqual([{ at: '', what: 'what lies too deep in the card is left out' }]);
  });

  it('of two hundred rows keep every button, and say for whom it is', () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({
      type: 'ColumnSet',
      separator: true,
      columns: [
        { type: 'Column', items: [{ type: 'RichTextBlock', inlines: [`user${index}@a.example`] }] },
        {
          type: 'Column',
          items: [
            {
              type: 'ActionSet',
              actions: [
                {
                  type: 'Action.Execute',
                  title: 'Open',
                  tooltip: `Open ${index}`,
                  verb: 'users.view',
                  data: { index },
                },
              ],
            },
          ],
        },
      ],
    }));

    const { flaws, presses, reading, warnings } = convertCard({ body: rows }, surface);

    expect([flaws, warnings]).toEqual([[], []]);
    expect(presses.map((press) => press?.data.index)).toEqual(rows.map((_, index) => index));
    expect(
      rows.filter(
        (_, index) => !reading.includes(`user${index}@a.example`) || !reading.includes(`Open ${index}`),
      ),
    ).toEqual([]);
  });

  it('of a text without end lose its middle, and say so', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => ({
      type: 'TextBlock',
      text: `Line ${index}.`,
      spacing: 'None',
    }));

    const { flaws, reading, warnings } = convertCard({ body: lines }, surface);

    expect(flaws).toEqual([]);
    expect(reading).toMatch(/^Line 0\.[^]*… \d+[^]*Line 19999\.$/);
    expect(warnings.map(({ what }) => what)).toContain('the middle of a text is left out');
  });

  it('of more choices than a view can hold keep the first, the last and the chosen', () => {
    const input = {
      type: 'Input.ChoiceSet',
      id: 'one',
      label: 'One',
      value: 'v4711',
      choices: Array.from({ length: 9000 }, (_, index) => ({
        title: `A choice with a title of some length ${index}`,
        value: `v${index}`,
      })),
    };

    const { flaws, values, warnings, reading } = convertCard({ body: [input] }, surface);

    expect([flaws, values]).toEqual([[], { one: 'v4711' }]);
    expect([reading.includes('length 0'), reading.includes('length 8999')]).toEqual([true, true]);
    expect(warnings.map(({ what }) => what)).toContain('choices in the middle of a list are left out');
  });
});
