import { readConversation, Refusal, send, sendFile, type Message, type Outgoing } from './api.js';
import { setUpFiles } from './attach.js';
import { keepMarkdownOff, type Press } from './card-view.js';
import { createComposer } from './composer.js';
import { byId } from './dom.js';
import { follow } from './live.js';
import { createLogView } from './log-view.js';
import { createPersonaChooser, rememberedPersona, rememberPersona } from './persona-chooser.js';
import { setUpTheme } from './theme.js';
import { createPageWords, showWords } from './words.js';

const notice = byId('notice', HTMLElement);
const working = byId('working', HTMLElement);
const log = createLogView((messageId, press) => void pressed(messageId, press));
const composer = createComposer(async (text) => (await exchange({ kind: 'typed', text })) !== null);
const chooser = createPersonaChooser((persona) => void become(persona));

let words = createPageWords('en', {});
let current = '';
let waiting = 0;
let stopFollowing = (): void => undefined;

/** Shows the conversation of this persona, in its language, and follows it. */
async function become(persona: string): Promise<void> {
  stopFollowing();
  current = persona;
  try {
    const conversation = await readConversation(persona);
    if (current !== persona) return;
    words = createPageWords(conversation.language, conversation.words);
    showWords(words);
    showNotice('');
    rememberPersona(persona);
    chooser.show(persona, conversation.personas, words);
    composer.offer(conversation.commands, words);
    log.clear(words);
    log.showOnly(conversation.messages);
    stopFollowing = follow(persona, conversation.cursor, {
      changed: (message) => log.show(message),
      reset: (messages) => void startOver(messages),
      connected: (isConnected) => showNotice(isConnected ? '' : words.say('offline')),
    });
    if (conversation.messages.every(({ from }) => from === 'bot')) await exchange({ kind: 'opened' });
  } catch (error) {
    showNotice(refusalText(error));
  }
}

async function startOver(messages: readonly Message[]): Promise<void> {
  log.showOnly(messages);
  if (messages.every(({ from }) => from === 'bot')) await exchange({ kind: 'opened' });
}

function exchange(outgoing: Outgoing): Promise<readonly Message[] | null> {
  return hear((persona) => send(persona, outgoing));
}

async function sent(file: File): Promise<void> {
  const answer = (await hear((persona) => sendFile(persona, file)))?.at(-1);
  if (answer) log.focus(answer.id);
}

/** Null when it did not arrive; the reader is told why. */
async function hear(
  say: (persona: string) => Promise<readonly Message[]>,
): Promise<readonly Message[] | null> {
  const persona = current;
  showWaiting(1);
  try {
    const messages = await say(persona);
    if (persona !== current) return messages;
    for (const message of messages) log.show(message);
    showNotice('');
    return messages;
  } catch (error) {
    showNotice(refusalText(error));
    return null;
  } finally {
    showWaiting(-1);
  }
}

async function pressed(messageId: string, { verb, data, button }: Press): Promise<void> {
  const done = log.setBusy(messageId, button);
  const messages = await exchange({ kind: 'pressed', messageId, verb, data });
  done();
  const answer = messages?.at(-1);
  if (answer) log.focus(answer.id);
  else button?.focus();
}

function showWaiting(change: 1 | -1): void {
  waiting += change;
  working.textContent = waiting > 0 ? words.say('working') : '';
}

function showNotice(text: string): void {
  notice.textContent = text;
  notice.hidden = text === '';
}

function refusalText(error: unknown): string {
  if (!(error instanceof Refusal)) throw error;
  const key = `error-${error.code}`;
  return `${words.say(words.has(key) ? key : 'error-unexpected')} ${error.reference}`.trim();
}

keepMarkdownOff();
setUpFiles(sent);
setUpTheme(byId('theme', HTMLElement));
window.addEventListener('hashchange', () => void become(rememberedPersona()));
void become(rememberedPersona());
