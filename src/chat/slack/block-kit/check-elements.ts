import { limits } from './limits';
import { isNode } from './node';
import {
  both,
  byType,
  flaw,
  list,
  matching,
  oneOf,
  shape,
  text,
  unique,
  webAddress,
  wholeNumber,
  yesOrNo,
  type Check,
} from './shape';

const id = text(limits.id);
const isType = (type: string): Record<string, Check> => ({ type: oneOf(type) });

export function plainText(most: number): Check {
  return shape({ ...isType('plain_text'), text: text(most) }, { emoji: yesOrNo });
}

/** plain_text or mrkdwn. */
export function anyText(most: number): Check {
  return byType({
    plain_text: plainText(most),
    mrkdwn: shape({ ...isType('mrkdwn'), text: text(most) }, { verbatim: yesOrNo }),
  });
}

const confirm = shape(
  { title: plainText(limits.confirmTitle), text: anyText(limits.confirmText) },
  {
    confirm: plainText(limits.confirmButton),
    deny: plainText(limits.confirmButton),
    style: oneOf('primary', 'danger'),
  },
);

const button = shape(
  { ...isType('button'), text: plainText(limits.buttonText) },
  {
    action_id: id,
    value: text(limits.buttonValue, 0),
    url: webAddress(limits.url),
    style: oneOf('primary', 'danger'),
    confirm,
    accessibility_label: text(limits.accessibilityLabel),
  },
);

function option(textCheck: Check): Check {
  return shape(
    { text: textCheck, value: text(limits.optionValue) },
    { description: plainText(limits.option) },
  );
}

function options(most: number, textCheck: Check = plainText(limits.option)): Check {
  const valueOf = (one: unknown): unknown => (isNode(one) ? one.value : undefined);
  return both(list(option(textCheck), { most }), unique(valueOf, 'a value'));
}

const group = shape({ label: plainText(limits.option), options: options(limits.options) });

const common = { action_id: id, focus_on_load: yesOrNo, confirm };
const anything: Check = () => [];

/** What is chosen at first is among the options, word by word. */
function choosing(type: string, choices: Check, possible: Record<string, Check> = {}): Check {
  const parts = shape(isType(type), {
    ...common,
    ...possible,
    options: choices,
    initial_option: anything,
    initial_options: list(anything, { most: limits.options * limits.optionGroups }),
  });
  return both(parts, choosesAmongThem);
}

const choosesAmongThem: Check = (value, pointer) => {
  if (!isNode(value)) return [];
  const groups = listIn(value.option_groups).flatMap((one) => (isNode(one) ? listIn(one.options) : []));
  const all = new Set([...listIn(value.options), ...groups].map((one) => JSON.stringify(one)));
  const ways = [value.options, value.option_groups].filter((one) => one !== undefined).length;
  const first = value.initial_option === undefined ? [] : [value.initial_option];
  const strange = [...first, ...listIn(value.initial_options)].some((one) => !all.has(JSON.stringify(one)));
  return [
    ...(ways === 1 ? [] : flaw(pointer, 'needs either options or option_groups')),
    ...(strange ? flaw(pointer, 'what is chosen at first is not among the options') : []),
  ];
};

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const placeholder = plainText(limits.placeholder);
const groups = list(group, { most: limits.optionGroups });
const listed = { placeholder, option_groups: groups };
const boxes = options(limits.checkboxes, anyText(limits.option));

const select = choosing('static_select', options(limits.options), listed);
const multiSelect = choosing('multi_static_select', options(limits.options), {
  ...listed,
  max_selected_items: wholeNumber(1, limits.options * limits.optionGroups),
});
const checkboxes = choosing('checkboxes', boxes);
const radioButtons = choosing('radio_buttons', boxes);

const typedCommon = {
  ...common,
  placeholder,
  dispatch_action_config: shape({}, { trigger_actions_on: list(anything, { most: 2 }) }),
};

const typedText = both(
  shape(isType('plain_text_input'), {
    ...typedCommon,
    multiline: yesOrNo,
    min_length: wholeNumber(0, limits.typed),
    max_length: wholeNumber(1, limits.typed),
    initial_value: text(limits.typed),
  }),
  (value, pointer) => {
    if (!isNode(value) || typeof value.initial_value !== 'string') return [];
    const most = typeof value.max_length === 'number' ? value.max_length : limits.typed;
    return value.initial_value.length > most ? flaw(pointer, 'initial_value longer than max_length') : [];
  },
);

const number = matching(/^-?\d+(\.\d+)?$/);
const typedNumber = shape(
  { ...isType('number_input'), is_decimal_allowed: yesOrNo },
  { ...typedCommon, initial_value: number, min_value: number, max_value: number },
);

const typedEmail = shape(isType('email_text_input'), { ...typedCommon, initial_value: text(limits.typed) });
const typedUrl = shape(isType('url_text_input'), { ...typedCommon, initial_value: webAddress(limits.url) });
const file = shape(isType('file_input'), {
  action_id: id,
  filetypes: list(text(100), { most: 100 }),
  max_files: wholeNumber(1, limits.files),
});
const date = shape(isType('datepicker'), {
  ...common,
  placeholder,
  initial_date: matching(/^\d{4}-\d\d-\d\d$/),
});
const time = shape(isType('timepicker'), {
  ...common,
  placeholder,
  initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/),
  timezone: text(100),
});
const overflow = shape(
  { ...isType('overflow'), options: options(limits.overflow) },
  { action_id: id, confirm },
);

export const image = shape({
  ...isType('image'),
  image_url: webAddress(limits.url),
  alt_text: text(limits.altText),
});

const pressed = {
  button,
  overflow,
  static_select: select,
  multi_static_select: multiSelect,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: date,
  timepicker: time,
};

export const actionElement = byType(pressed);
export const accessory = byType({ ...pressed, image });

const { button: _button, overflow: _overflow, ...chosen } = pressed;
const everywhere = { ...chosen, plain_text_input: typedText };

export const inputElement = byType(everywhere);
/** Slack has some inputs in modals alone. */
export const modalInputElement = byType({
  ...everywhere,
  number_input: typedNumber,
  email_text_input: typedEmail,
  url_text_input: typedUrl,
  file_input: file,
});
