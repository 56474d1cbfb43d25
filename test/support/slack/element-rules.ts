import { isDeepStrictEqual } from 'node:util';
import { type Json, listOf } from './json';
import {
  also,
  flaw,
  kinds,
  list,
  matching,
  oneOf,
  type Rule,
  type Rules,
  shape,
  text,
  whole,
  yesNo,
} from './rule';

export const plain = (max: number): Rule =>
  shape({ type: oneOf('plain_text'), text: text(max) }, { emoji: yesNo });
const markup = (max: number): Rule => shape({ type: oneOf('mrkdwn'), text: text(max) }, { verbatim: yesNo });
export const plainOrMarkup = (max: number): Rule => kinds({ plain_text: plain(max), mrkdwn: markup(max) });

export const webAddress = matching(/^https?:\/\/[^\s]{1,2990}$/);
const id = text(255);
const placeholder = plain(150);
/** An element that holds a value. */
const valued = (more: Rules, required: Rules = {}): Rule =>
  shape({ type: text(50), ...required }, { action_id: id, focus_on_load: yesNo, ...more });
const dispatch = shape({ trigger_actions_on: list(text(50), 1, 2) });
const confirm = shape(
  { title: plain(100), text: plainOrMarkup(300), confirm: plain(30), deny: plain(30) },
  { style: oneOf('primary', 'danger') },
);

const option = (label: Rule): Rule => shape({ text: label, value: text(150) }, { description: plain(75) });
const plainOption = option(plain(75));
const richOption = shape({ text: plainOrMarkup(75), value: text(150) }, { description: plainOrMarkup(75) });
const group = shape({ label: plain(75), options: list(plainOption, 1, 100) });

/** All options of an element, out of their groups. */
export function optionsOf(element: Json): readonly Json[] {
  return [...listOf(element.options), ...listOf(element.option_groups).flatMap((one) => listOf(one.options))];
}

/** No value twice, and what is chosen at first is one of them to the letter. */
function consistent(element: Json, at: string) {
  const options = optionsOf(element);
  const values = options.map(({ value }) => value);
  const initial = [
    ...(element.initial_option ? [element.initial_option] : []),
    ...listOf(element.initial_options),
  ];
  return [
    ...(new Set(values).size < values.length ? flaw(`${at}/options`, 'option values must be unique') : []),
    ...initial
      .filter((one) => !options.some((other) => isDeepStrictEqual(one, other)))
      .flatMap(() => flaw(at, 'the initial option is none of the options')),
  ];
}

const oneSource = (element: Json, at: string) =>
  (element.options === undefined) === (element.option_groups === undefined)
    ? flaw(at, 'must have either options or option_groups')
    : consistent(element, at);

const select = (initial: Rules): Rule =>
  also(
    valued({
      ...initial,
      placeholder,
      confirm,
      options: list(plainOption, 1, 100),
      option_groups: list(group, 1, 100),
    }),
    oneSource,
  );

const ticks = (initial: Rules): Rule =>
  also(valued({ ...initial, confirm }, { options: list(richOption, 1, 10) }), consistent);

const typed = (more: Rules): Rule => valued({ placeholder, dispatch_action_config: dispatch, ...more });
const initialText = (max: number): Rules => ({ initial_value: text(max, 0) });

export const elementRules = {
  button: shape(
    { type: text(50), text: plain(75) },
    {
      action_id: id,
      url: webAddress,
      value: text(2000),
      style: oneOf('primary', 'danger'),
      confirm,
      accessibility_label: text(75),
    },
  ),
  image: shape({ type: text(50), image_url: webAddress, alt_text: text(2000) }),
  overflow: shape({ type: text(50), options: list(option(plain(75)), 1, 5) }, { action_id: id, confirm }),
  static_select: select({ initial_option: plainOption }),
  multi_static_select: select({
    initial_options: list(plainOption, 1, 100),
    max_selected_items: whole(1, 100),
  }),
  checkboxes: ticks({ initial_options: list(richOption, 1, 10) }),
  radio_buttons: ticks({ initial_option: richOption }),
  datepicker: valued({ placeholder, confirm, initial_date: matching(/^\d{4}-\d\d-\d\d$/) }),
  timepicker: valued({
    placeholder,
    confirm,
    timezone: text(100),
    initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/),
  }),
  plain_text_input: also(
    typed({ ...initialText(3000), multiline: yesNo, min_length: whole(0, 3000), max_length: whole(1, 3000) }),
    ({ initial_value: value, max_length: max }, at) =>
      typeof value === 'string' && typeof max === 'number' && value.length > max
        ? flaw(`${at}/initial_value`, `must be less than ${max + 1} characters`)
        : [],
  ),
  email_text_input: typed(initialText(3000)),
  url_text_input: typed(initialText(3000)),
  number_input: also(
    typed({
      is_decimal_allowed: yesNo,
      initial_value: text(100),
      min_value: text(100),
      max_value: text(100),
    }),
    (element, at) =>
      element.is_decimal_allowed === undefined ? flaw(at, 'missing required field: is_decimal_allowed') : [],
  ),
  file_input: valued({ filetypes: list(text(20), 1, 100), max_files: whole(1, 10) }),
} satisfies Rules;

type ElementType = keyof typeof elementRules;

/** One of these elements. */
export function anyOf(...types: readonly ElementType[]): Rule {
  return kinds(Object.fromEntries(types.map((type) => [type, elementRules[type]])));
}
