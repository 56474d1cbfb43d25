import {
  accessory,
  actionElement,
  anyText,
  image,
  inputElement,
  modalInputElement,
  plainText,
} from './check-elements';
import { limits } from './limits';
import { isNode } from './node';
import {
  both,
  byType,
  flaw,
  list,
  oneOf,
  shape,
  text,
  unique,
  webAddress,
  wholeNumber,
  yesOrNo,
  type Check,
} from './shape';
import type { AnySurface } from './surface';

const block = { block_id: text(limits.id) };
const isType = (type: string): Record<string, Check> => ({ type: oneOf(type) });

const section = both(
  shape(isType('section'), {
    ...block,
    text: anyText(limits.text),
    fields: list(anyText(limits.field), { most: limits.fields }),
    accessory,
    expand: yesOrNo,
  }),
  (value, pointer) =>
    isNode(value) && value.text === undefined && value.fields === undefined
      ? flaw(pointer, 'needs text or fields')
      : [],
);

const header = shape({ ...isType('header'), text: plainText(limits.header) }, block);
const divider = shape(isType('divider'), block);
const context = shape(
  {
    ...isType('context'),
    elements: list(byType({ image, plain_text: anyText(limits.text), mrkdwn: anyText(limits.text) }), {
      most: limits.contextElements,
    }),
  },
  block,
);
const picture = shape(
  { ...isType('image'), image_url: webAddress(limits.url), alt_text: text(limits.altText) },
  { ...block, title: plainText(limits.altText) },
);

const actionIdOf = (element: unknown): unknown => (isNode(element) ? element.action_id : undefined);
const actions = shape(
  {
    ...isType('actions'),
    elements: both(list(actionElement, { most: limits.actions }), unique(actionIdOf, 'an action_id')),
  },
  block,
);

function input(element: Check): Check {
  return shape(
    { ...isType('input'), label: plainText(limits.label), element },
    { ...block, hint: plainText(limits.hint), optional: yesOrNo, dispatch_action: yesOrNo },
  );
}

const style = shape(
  {},
  { bold: yesOrNo, italic: yesOrNo, strike: yesOrNo, code: yesOrNo, underline: yesOrNo },
);
const inline = byType({
  text: shape({ ...isType('text'), text: text(Infinity) }, { style }),
  link: shape({ ...isType('link'), url: text(limits.url) }, { text: text(Infinity), style, unsafe: yesOrNo }),
  emoji: shape({ ...isType('emoji'), name: text(limits.id) }, { unicode: text(limits.id), style }),
  user: shape({ ...isType('user'), user_id: text(limits.id) }, { style }),
  channel: shape({ ...isType('channel'), channel_id: text(limits.id) }, { style }),
});
const inlines = list(inline, { most: Infinity });
const part = shape({ ...isType('rich_text_section'), elements: inlines });
const border = { border: wholeNumber(0, 1) };
const richText = shape(
  {
    ...isType('rich_text'),
    elements: list(
      byType({
        rich_text_section: part,
        rich_text_quote: shape({ ...isType('rich_text_quote'), elements: inlines }, border),
        rich_text_preformatted: shape({ ...isType('rich_text_preformatted'), elements: inlines }, border),
        rich_text_list: shape(
          {
            ...isType('rich_text_list'),
            elements: list(part, { most: Infinity }),
            style: oneOf('bullet', 'ordered'),
          },
          { ...border, indent: wholeNumber(0, 8), offset: wholeNumber(0, 10_000) },
        ),
      }),
      { most: Infinity },
    ),
  },
  block,
);

const everywhere = { section, header, divider, context, image: picture, actions, rich_text: richText };
const markdown = shape({ ...isType('markdown'), text: text(limits.markdown) }, block);

/** The blocks that are known here, by where they may stand; a newer one is refused until its rules stand here too. */
const blocksOf: Readonly<Record<AnySurface, Check>> = {
  message: byType({ ...everywhere, input: input(inputElement), markdown }),
  home: byType({ ...everywhere, input: input(inputElement) }),
  modal: byType({ ...everywhere, input: input(modalInputElement) }),
};

const blockIdOf = (value: unknown): unknown => (isNode(value) ? value.block_id : undefined);

export function blocksCheck(surface: AnySurface): Check {
  const least = surface === 'modal' ? 1 : 0;
  return both(
    list(blocksOf[surface], { least, most: limits.blocks[surface] }),
    unique(blockIdOf, 'a block_id'),
  );
}
