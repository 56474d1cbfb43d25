import type { Message } from './api.js';
import { firstFaulty } from './card-accessibility.js';
import { renderCard, type Press } from './card-view.js';
import { byId, create } from './dom.js';
import type { PageWords } from './words.js';

const messagesShown = 200;

export type PressHandler = (messageId: string, press: Press) => void;

interface Shown {
  readonly message: Message;
  readonly element: HTMLElement;
}

/** The list of messages. Showing the same version twice changes nothing. */
export interface LogView {
  clear(words: PageWords): void;
  show(message: Message): void;
  showOnly(messages: readonly Message[]): void;
  focus(messageId: string): void;
  /** While its answer is awaited a card takes no second press. */
  setBusy(messageId: string, button: HTMLElement | null): () => void;
}

export function createLogView(press: PressHandler): LogView {
  const log = byId('log', HTMLElement);
  const scroller = byId('scroller', HTMLElement);
  const shown = new Map<string, Shown>();
  let words: PageWords;

  const view: LogView = {
    clear(next) {
      words = next;
      shown.clear();
      log.replaceChildren();
    },
    show(message) {
      const before = shown.get(message.id);
      if (before && before.message.revision >= message.revision) return;
      const element = renderMessage(message, words, press);
      shown.set(message.id, { message, element });
      if (before) replace(before.element, element);
      else append(log, scroller, element);
      dropOldest(shown);
    },
    showOnly(messages) {
      view.clear(words);
      for (const message of messages) view.show(message);
      scroller.scrollTop = scroller.scrollHeight;
    },
    focus(messageId) {
      const element = shown.get(messageId)?.element;
      if (!element) return;
      reveal(scroller, element);
      const faulty = firstFaulty(element);
      if (faulty) faulty.focus();
      else element.focus({ preventScroll: true });
    },
    setBusy(messageId, button) {
      const element = shown.get(messageId)?.element;
      return element ? markBusy(element, button) : () => undefined;
    },
  };
  return view;
}

function renderMessage(message: Message, words: PageWords, press: PressHandler): HTMLElement {
  const isMine = message.from === 'operator';
  const time = create('time', 'when', clockTime(message.at, words.language));
  time.dateTime = message.at;
  const author = create('span', isMine ? 'visually-hidden' : 'who', words.say(isMine ? 'you' : 'bot'));
  const head = create('p', 'head', author, ' ', time);
  const body = isMine ? renderOwn(message, words) : renderBody(message, words, press);
  const element = create('article', isMine ? 'message mine' : 'message theirs', head, body);
  element.tabIndex = -1;
  element.dataset['message'] = message.id;
  element.setAttribute('aria-label', words.say(isMine ? 'you' : 'bot'));
  return element;
}

function renderOwn({ text, file }: Message, words: PageWords): HTMLElement {
  if (!file) return create('div', 'bubble', text ?? '');
  const size = file.size === null ? '' : fileSize(file.size, words.language);
  return create('div', 'bubble file', create('span', 'file-name', file.name), ' ', create('small', '', size));
}

function fileSize(bytes: number, language: string): string {
  const [amount, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumSignificantDigits: 2 }).format(amount);
}

function renderBody(message: Message, words: PageWords, press: PressHandler): HTMLElement {
  const card = renderCard(message.card ?? {}, (pressed) => press(message.id, pressed));
  return create('div', 'card', card ?? words.say('cardUnreadable'));
}

function clockTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

function replace(before: HTMLElement, after: HTMLElement): void {
  const hadFocus = before.contains(document.activeElement);
  before.replaceWith(after);
  if (hadFocus) after.focus({ preventScroll: true });
}

function append(log: HTMLElement, scroller: HTMLElement, element: HTMLElement): void {
  const wasAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 160;
  log.append(element);
  if (wasAtEnd || element.classList.contains('mine')) reveal(scroller, element);
}

/** Shows the end of the conversation, or the head of a card that is taller than the window. */
function reveal(scroller: HTMLElement, element: HTMLElement): void {
  const fits = element.offsetHeight < scroller.clientHeight;
  element.scrollIntoView({ block: fits ? 'end' : 'start' });
}

function dropOldest(shown: Map<string, Shown>): void {
  for (const [id, { element }] of shown) {
    if (shown.size <= messagesShown) return;
    element.remove();
    shown.delete(id);
  }
}

function markBusy(element: HTMLElement, button: HTMLElement | null): () => void {
  const enabled = [...element.querySelectorAll('button')].filter((each) => !each.disabled);
  for (const each of enabled) each.disabled = true;
  element.setAttribute('aria-busy', 'true');
  button?.classList.add('is-busy');
  return () => {
    for (const each of enabled) each.disabled = false;
    element.removeAttribute('aria-busy');
    button?.classList.remove('is-busy');
  };
}
