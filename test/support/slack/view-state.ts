import { isDeepStrictEqual } from 'node:util';
import { elementsOf } from './block-rules';
import { optionsOf } from './element-rules';
import { isJson, type Json, listOf, textAt } from './json';

/** What stands in an element, in the words of `view.state.values`. */
export type StateValue = Json;
export type State = Readonly<Record<string, Readonly<Record<string, StateValue>>>>;

/** What an element that holds a value shows at first; null for one that holds none. */
export function initialState(element: Json): StateValue | null {
  const type = textAt(element, 'type');
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: element.initial_value ?? null };
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'file_input':
      return { type, files: [] };
    default:
      return null;
  }
}

/**
 * What stands in the inputs of newly shown blocks. Where an input kept its block_id and action_id, what was there
 * before stays and the initial value is ignored; elsewhere it is forgotten.
 */
export function stateOf(blocks: readonly Json[], before: State): State {
  const entries = blocks.flatMap((block) => {
    const blockId = textAt(block, 'block_id');
    const values = elementsOf(block).flatMap((element) => {
      const initial = initialState(element);
      const actionId = textAt(element, 'action_id');
      return initial ? [[actionId, kept(element, before[blockId]?.[actionId]) ?? initial] as const] : [];
    });
    return values.length > 0 ? [[blockId, Object.fromEntries(values)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function kept(element: Json, before: StateValue | undefined): StateValue | null {
  if (before?.type !== element.type) return null;
  const chosen = [
    ...(isJson(before?.selected_option) ? [before.selected_option] : []),
    ...listOf(before?.selected_options),
  ];
  const options = optionsOf(element);
  const stillThere = chosen.every((one) => options.some((other) => isDeepStrictEqual(one, other)));
  return before && stillThere ? before : null;
}
