import type { Browser } from 'playwright-core';
import type { AdaptiveCard } from '../src/chat/cards';
import { hasInputs, toBlocks, toModal } from '../src/chat/slack/block-kit/convert';
import type { Locale } from '../src/ports/chat';
import { createWords, type Words } from '../src/words/words';
import { openDrawingPage, pictureWidth, type Draw } from './drawing-page';
import { homeHtml, messageHtml, modalHtml, slackStyle } from './slack-html';

const style = `${slackStyle}
body { margin: 0; }
main { width: ${pictureWidth}px; padding: 8px; }`;

interface Shown {
  readonly name: string;
  readonly json: AdaptiveCard;
  readonly locale: Locale;
}

/** Draws cards much like Slack shows them: a form as a modal, the home card in the app's home, the others as messages. */
export async function openSlackDrawing(browser: Browser): Promise<Draw<Shown>> {
  const { picture } = await openDrawingPage(browser, style);
  const words = createWords();
  return (shown) =>
    picture(`
      document.documentElement.lang = ${JSON.stringify(shown.locale.language)};
      document.querySelector('main').innerHTML = ${JSON.stringify(slackHtml(shown, words))};`);
}

/** What stands in the picture. */
export function slackHtml({ name, json, locale }: Shown, words: Words): string {
  if (name === 'home') return homeHtml(toBlocks(json, 'home').blocks);
  if (!hasInputs(json)) return messageHtml(toBlocks(json, 'message').blocks);
  const title = words.section(locale, 'slack.titles')[name] ?? words.t(locale, 'slack.title');
  const [submit, close] = [words.t(locale, 'slack.submit'), words.t(locale, 'slack.close')];
  return modalHtml(toModal(json, { title, submit, close }).view);
}
