import type {
  ActionsBlockElement,
  Button,
  Checkboxes,
  InputBlockElement,
  MultiStaticSelect,
  PlainTextOption,
  RadioButtons,
  SectionBlockAccessory,
} from '@slack/types';
import { escaped, textHtml } from './slack-text';

type Element = ActionsBlockElement | InputBlockElement | SectionBlockAccessory;
type Choice = NonNullable<Checkboxes['options']>[number];
type Optional<T> = T | undefined;

/** One element that people press or fill in, as Slack shows it before they do. */
export function elementHtml(element: Element): string {
  switch (element.type) {
    case 'button':
      return buttonHtml(element);
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input': {
      const { initial_value, placeholder } = element;
      const many = 'multiline' in element && element.multiline;
      return fieldHtml(initial_value, placeholder?.text, many ? 'field many' : 'field');
    }
    case 'static_select':
      return fieldHtml(element.initial_option?.text.text, element.placeholder?.text, 'field select');
    case 'multi_static_select':
      return chosenHtml(element);
    case 'checkboxes':
    case 'radio_buttons':
      return choicesHtml(element);
    case 'datepicker':
      return fieldHtml(element.initial_date, element.placeholder?.text, 'field select date');
    case 'timepicker':
      return fieldHtml(element.initial_time, element.placeholder?.text, 'field select');
    case 'image':
      return 'image_url' in element
        ? `<img src="${escaped(element.image_url)}" alt="${escaped(element.alt_text)}">`
        : '';
    default:
      throw new Error(`An element "${element.type}" cannot be drawn yet: add it to slack-elements.ts.`);
  }
}

export function buttonHtml({ text, style }: Pick<Button, 'text' | 'style'>): string {
  return `<span class="button ${style ?? ''}">${escaped(text.text)}</span>`;
}

function fieldHtml(value: Optional<string>, placeholder: Optional<string>, className: string): string {
  const faint = placeholder === undefined ? 'faint unset' : 'faint';
  const shown = value
    ? escaped(value).replaceAll('\n', '<br>')
    : `<span class="${faint}">${escaped(placeholder ?? '')}</span>`;
  return `<div class="${className}"><span class="value">${shown}</span></div>`;
}

function chosenHtml(element: MultiStaticSelect): string {
  const chosen: readonly PlainTextOption[] = element.initial_options ?? [];
  if (chosen.length === 0) return fieldHtml('', element.placeholder?.text, 'field select');
  const chips = chosen.map(({ text }) => `<span class="chip">${escaped(text.text)} ×</span>`).join('');
  return `<div class="field many select"><span class="value">${chips}</span></div>`;
}

function choicesHtml(element: Checkboxes | RadioButtons): string {
  const chosen: readonly Choice[] =
    element.type === 'checkboxes'
      ? (element.initial_options ?? [])
      : element.initial_option
        ? [element.initial_option]
        : [];
  const round = element.type === 'radio_buttons' ? ' round' : '';
  const rows = element.options.map(({ text, value, description }) => {
    const on = chosen.some((one) => one.value === value) ? ' on' : '';
    const more = description ? `<div class="faint small">${textHtml(description)}</div>` : '';
    return `<div class="choice"><span class="box${round}${on}"></span><div>${textHtml(text)}${more}</div></div>`;
  });
  return rows.join('');
}
