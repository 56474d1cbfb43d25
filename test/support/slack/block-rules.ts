import { anyOf, elementRules, plain, plainOrMarkup, webAddress } from './element-rules';
import { isJson, type Json, listOf } from './json';
import {
  also,
  both,
  type Flaw,
  flaw,
  kinds,
  list,
  oneOf,
  type Rule,
  type Rules,
  shape,
  text,
  whole,
  yesNo,
} from './rule';

export type Surface = 'message' | 'modal' | 'home';

const style = shape({}, { bold: yesNo, italic: yesNo, strike: yesNo, underline: yesNo, code: yesNo });
const leaf = kinds({
  text: shape({ type: text(50), text: text(3000) }, { style }),
  link: shape({ type: text(50), url: webAddress }, { text: text(3000), style, unsafe: yesNo }),
  emoji: shape({ type: text(50), name: text(100) }, { unicode: text(50), style }),
  user: shape({ type: text(50), user_id: text(50) }, { style }),
  channel: shape({ type: text(50), channel_id: text(50) }, { style }),
});
const leaves = { type: text(50), elements: list(leaf, 1, 500) };
const bordered: Rules = { border: whole(0, 1) };
const richParts = {
  rich_text_section: shape(leaves),
  rich_text_quote: shape(leaves, bordered),
  rich_text_preformatted: shape(leaves, bordered),
  rich_text_list: shape(
    {
      type: text(50),
      style: oneOf('bullet', 'ordered'),
      elements: list(kinds({ rich_text_section: shape(leaves) }), 1, 500),
    },
    { indent: whole(0, 8), offset: whole(0, 1000), ...bordered },
  ),
};

const block = (required: Rules, optional: Rules = {}): Rule =>
  shape({ type: text(50), ...required }, { block_id: text(255), ...optional });

const somethingToRead = (section: Json, at: string) =>
  section.text === undefined && section.fields === undefined ? flaw(at, 'must have text or fields') : [];

const rich = block({ elements: list(kinds(richParts), 1, 100) });
const cell = kinds({
  raw_text: shape({ type: text(50), text: text(3000) }),
  raw_number: shape({ type: text(50), value: text(100) }),
  rich_text: shape({ type: text(50), elements: list(kinds(richParts), 1, 100) }),
});

const everywhere = {
  section: also(
    block(
      {},
      {
        text: plainOrMarkup(3000),
        fields: list(plainOrMarkup(2000), 1, 10),
        expand: yesNo,
        accessory: anyOf(
          ...(['button', 'image', 'overflow', 'static_select', 'multi_static_select'] as const),
          ...(['checkboxes', 'radio_buttons', 'datepicker', 'timepicker'] as const),
        ),
      },
    ),
    somethingToRead,
  ),
  header: block({ text: plain(150) }),
  divider: block({}),
  context: block({
    elements: list(
      kinds({ plain_text: plain(3000), mrkdwn: plainOrMarkup(3000), image: elementRules.image }),
      1,
      10,
    ),
  }),
  actions: block({
    elements: list(
      anyOf('button', 'overflow', 'static_select', 'checkboxes', 'radio_buttons', 'datepicker', 'timepicker'),
      1,
      25,
    ),
  }),
  image: block({ image_url: webAddress, alt_text: text(2000) }, { title: plain(2000) }),
  rich_text: rich,
};

const inputElements = [
  ...(['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'static_select'] as const),
  ...(['multi_static_select', 'checkboxes', 'radio_buttons', 'datepicker', 'timepicker'] as const),
];
const input = (...more: readonly 'file_input'[]): Rule =>
  block(
    { label: plain(2000), element: anyOf(...inputElements, ...more) },
    { hint: plain(2000), optional: yesNo, dispatch_action: yesNo },
  );

const bySurface: Readonly<Record<Surface, Rules>> = {
  modal: { ...everywhere, input: input('file_input') },
  home: { ...everywhere, input: input() },
  message: {
    ...everywhere,
    input: input(),
    markdown: block({ text: text(12_000) }),
    table: block({ rows: list(list(cell, 1, 20), 1, 100) }, { column_settings: list(isAnything, 1, 20) }),
  },
};

function isAnything(value: unknown, at: string): readonly Flaw[] {
  return isJson(value) || value === null ? [] : flaw(at, 'must be an object');
}

const mostBlocks: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

/** The blocks of a surface, each by its own rule and all of them together. */
export function blocksRule(surface: Surface): Rule {
  return both(list(kinds(bySurface[surface]), 0, mostBlocks[surface]), unambiguous, oneTable);
}

/** The interactive elements of a block. */
export function elementsOf(block: Json): readonly Json[] {
  const { element, accessory, elements, type } = block;
  return [
    ...(isJson(element) ? [element] : []),
    ...(isJson(accessory) ? [accessory] : []),
    ...(type === 'actions' ? listOf(elements) : []),
  ];
}

function unambiguous(blocks: unknown, at: string): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const blockIds = new Set<unknown>();
  listOf(blocks).forEach((one, index) => {
    if (one.block_id !== undefined && blockIds.has(one.block_id))
      flaws.push(...flaw(`${at}/${index}/block_id`, 'block_id must be unique'));
    blockIds.add(one.block_id);
    const actionIds = elementsOf(one).flatMap(({ action_id: id }) => (id === undefined ? [] : [id]));
    if (new Set(actionIds).size < actionIds.length)
      flaws.push(...flaw(`${at}/${index}`, 'action_id must be unique within a block'));
  });
  return flaws;
}

function oneTable(blocks: unknown, at: string): readonly Flaw[] {
  return listOf(blocks).filter(({ type }) => type === 'table').length > 1
    ? flaw(at, 'only one table allowed')
    : [];
}
