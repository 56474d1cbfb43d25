import type { Button, InputBlock, InputBlockElement, KnownBlock, Option } from '@slack/types';

type Json = Readonly<Record<string, unknown>>;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** All objects of some blocks. */
function* objectsOf(value: unknown): Generator<Json> {
  if (!isJson(value)) return;
  if (!Array.isArray(value)) yield value;
  for (const child of Object.values(value)) yield* objectsOf(child);
}

/** What people read in blocks, in their order, as one text. */
export function readingOf(blocks: unknown): string {
  return [...objectsOf(blocks)]
    .flatMap(({ text, alt_text }) => [text, alt_text].filter((one) => typeof one === 'string'))
    .join('');
}

export function buttonsIn(blocks: readonly KnownBlock[]): readonly Button[] {
  return blocks.flatMap((block): readonly Button[] => {
    if (block.type === 'actions') return block.elements.filter((one) => one.type === 'button');
    return block.type === 'section' && block.accessory?.type === 'button' ? [block.accessory] : [];
  });
}

export function inputsIn(blocks: readonly KnownBlock[]): readonly InputBlock[] {
  return blocks.filter((block) => block.type === 'input');
}

export function optionsIn(element: InputBlockElement): readonly Option[] {
  if (element.type === 'checkboxes' || element.type === 'radio_buttons') return element.options;
  if (element.type !== 'static_select' && element.type !== 'multi_static_select') return [];
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap(({ options }) => options)];
}

/** `state.values` as Slack sends it for a view that nobody has touched yet. */
export function stateOf(blocks: readonly KnownBlock[]): Record<string, Json> {
  return Object.fromEntries(
    inputsIn(blocks).map(({ block_id, element }) => [
      block_id ?? '',
      { [element.action_id ?? '']: { type: element.type, ...standingIn(element) } },
    ]),
  );
}

function standingIn(element: InputBlockElement): Json {
  switch (element.type) {
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: element.initial_options ?? [] };
    case 'static_select':
    case 'radio_buttons':
      return { selected_option: element.initial_option ?? null };
    case 'datepicker':
      return { selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { selected_time: element.initial_time ?? null };
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { value: element.initial_value ?? null };
    default:
      return {};
  }
}
