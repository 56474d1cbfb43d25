import type * as Library from 'adaptivecards';
import { makeAccessible } from './card-accessibility.js';
import { hostConfig } from './host-config.js';

declare const AdaptiveCards: typeof Library;

export interface Press {
  readonly verb: string;
  readonly data: unknown;
  readonly button: HTMLElement | null;
}

/** Renders a card; null when it is none. Data never becomes markup: Markdown stays off. */
export function renderCard(json: object, press: (press: Press) => void): HTMLElement | null {
  const card = new AdaptiveCards.AdaptiveCard();
  let button: HTMLElement | null = null;
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  card.onExecuteAction = (action) => {
    if (action instanceof AdaptiveCards.OpenUrlAction) openLink(action.url ?? '');
    else if (action instanceof AdaptiveCards.ExecuteAction) {
      press({ verb: action.verb, data: action.data ?? {}, button });
    }
  };
  card.parse(json);
  for (const input of card.getAllInputs()) showTitleOfDefault(input);
  const element = card.render();
  if (!element) return null;
  const noteButton = ({ target }: Event): void => {
    button = target instanceof Element ? target.closest('button') : null;
  };
  element.addEventListener('click', noteButton, { capture: true });
  makeAccessible(element);
  return element;
}

/** A card that was made with Markdown in mind says so on the console each time; there is nothing to process. */
export function keepMarkdownOff(): void {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (_, result) => {
    result.didProcess = false;
  };
}

/** In a filtered list the renderer would show the value of the default choice instead of its title. */
function showTitleOfDefault(input: Library.Input): void {
  if (!(input instanceof AdaptiveCards.ChoiceSetInput) || input.style !== 'filtered') return;
  const chosen = input.choices.find(({ value }) => value !== undefined && value === input.defaultValue);
  if (chosen?.title) input.defaultValue = chosen.title;
}

function openLink(address: string): void {
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) {
    window.open(address, '_blank', 'noopener,noreferrer');
  }
}
