import { elementsOf } from './block-rules';
import { optionsOf } from './element-rules';
import { isJson, type Json, listOf, textAt } from './json';
import { initialState, type State, type StateValue } from './view-state';

/** Blocks with what a person typed in them. */
export interface Form {
  readonly blocks: readonly Json[];
  readonly state: State;
}

interface Field {
  readonly block: Json;
  readonly element: Json;
  readonly blockId: string;
  readonly actionId: string;
}

/** `userIds:2~1` is a part of `userIds`. */
export function inputIdOf(blockId: string): string {
  return blockId.replace(/~\d+$/, '').replace(/:\d+$/, '');
}

function fieldsOf(form: Form): readonly Field[] {
  return form.blocks.flatMap((block) =>
    elementsOf(block).flatMap((element) =>
      initialState(element)
        ? [{ block, element, blockId: textAt(block, 'block_id'), actionId: textAt(element, 'action_id') }]
        : [],
    ),
  );
}

/** What stands in a form, by input id, empty ones too; several comma-joined. */
export function valuesIn(form: Form): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { blockId, actionId } of fieldsOf(form)) {
    const id = inputIdOf(blockId);
    const value = valueOf(form.state[blockId]?.[actionId]);
    values[id] = [values[id] ?? '', value].filter(Boolean).join(',');
  }
  return values;
}

export function valueOf(value: StateValue | undefined): string {
  const single = ['value', 'selected_date', 'selected_time'].map((name) => textAt(value, name)).find(Boolean);
  if (single !== undefined) return single;
  const chosen = isJson(value?.selected_option) ? [value.selected_option] : listOf(value?.selected_options);
  return chosen.map((one) => textAt(one, 'value')).join(',');
}

/** The choices of an input as `value: text`. */
export function choicesOf(form: Form, inputId: string): readonly string[] {
  return fieldsOf(form)
    .filter(({ blockId }) => inputIdOf(blockId) === inputId)
    .flatMap(({ element }) => optionsOf(element))
    .map((option) => `${textAt(option, 'value')}: ${textAt(option, 'text', 'text')}`);
}

/** The state after somebody typed or chose; throws where a client would not let them. */
export function fillIn(form: Form, inputId: string, value: string): State {
  const fields = fieldsOf(form).filter(({ blockId }) => inputIdOf(blockId) === inputId);
  if (fields.length === 0) throw new Error(`There is no input "${inputId}" to fill in.`);
  const wanted = new Set(value === '' ? [] : value.split(','));
  const offered = fields.flatMap(({ element }) => optionsOf(element)).map((one) => textAt(one, 'value'));
  const isChoice = fields.some(({ element }) => optionsOf(element).length > 0);
  const isMany = fields.every(({ element }) => /^(multi_|checkboxes)/.test(textAt(element, 'type')));
  const asked = isMany ? [...wanted] : value === '' ? [] : [value];
  const missing = isChoice ? asked.filter((one) => !offered.includes(one)) : [];
  if (missing.length > 0)
    throw new Error(`"${inputId}" does not offer ${missing.join()}, but ${offered.join()}.`);
  return fields.reduce(
    (state, { element, blockId, actionId }) => ({
      ...state,
      [blockId]: { ...state[blockId], [actionId]: typed(element, value, asked) },
    }),
    form.state,
  );
}

function typed(element: Json, value: string, asked: readonly string[]): StateValue {
  const type = textAt(element, 'type');
  const chosen = optionsOf(element).filter((one) => asked.includes(textAt(one, 'value')));
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: chosen[0] ?? null };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: chosen };
    case 'datepicker':
      return { type, selected_date: value || null };
    case 'timepicker':
      return { type, selected_time: value || null };
    default:
      if (value.length > Number(element.max_length ?? 3_000))
        throw new Error('Longer than can be typed there.');
      return { type, value: value || null };
  }
}

/** What the client itself finds wrong before anything is sent, by block_id. */
export function clientErrors(form: Form): Readonly<Record<string, string>> {
  const errors = fieldsOf(form).flatMap(({ block, element, blockId, actionId }) => {
    const value = valueOf(form.state[blockId]?.[actionId]);
    const wrong = block.type === 'input' ? wrongWith(value, element, block.optional === true) : null;
    return wrong === null ? [] : [[blockId, wrong] as const];
  });
  return Object.fromEntries(errors);
}

function wrongWith(value: string, element: Json, isOptional: boolean): string | null {
  if (value === '') return isOptional ? null : 'Please complete this required field.';
  if (value.length < Number(element.min_length ?? 0)) return 'Too short.';
  switch (textAt(element, 'type')) {
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(value) ? null : 'Please enter an email address.';
    case 'url_text_input':
      return URL.canParse(value) ? null : 'Please enter a URL.';
    case 'number_input':
      return isNumber(value, element) ? null : 'Please enter a number within the bounds.';
    default:
      return null;
  }
}

function isNumber(value: string, element: Json): boolean {
  const number = Number(value);
  const { min_value: min, max_value: max, is_decimal_allowed: decimals } = element;
  const isWithin =
    (min === undefined || number >= Number(min)) && (max === undefined || number <= Number(max));
  return isWithin && (decimals === true ? !Number.isNaN(number) : Number.isInteger(number));
}
