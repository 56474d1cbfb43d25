import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { AdaptiveCard } from '../src/chat/cards';
import { hostConfig } from '../src/chat/demo/page/host-config';
import { openDrawingPage, pictureWidth, type Draw } from './drawing-page';

const pageFolder = join(__dirname, '..', 'src', 'chat', 'demo', 'page');
const pageStyle = ['base.css', 'conversation.css', 'cards.css']
  .map((name) => readFileSync(join(pageFolder, name), 'utf8'))
  .join('');

const style = `${pageStyle}
body { display: block; height: auto; overflow: visible; margin: 0; }
main { width: ${pictureWidth}px; padding: 8px; }
.card { box-shadow: none; }
* { animation: none !important; }`;

/** Draws `card` as the demo page does, without its script: a filtered list shows the title of its default. */
const script = `
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  card.parse(json);
  for (const input of card.getAllInputs()) {
    const chosen = input.style === 'filtered' && input.choices.find(({ value }) => value === input.defaultValue);
    if (chosen) input.defaultValue = chosen.title;
  }
  const frame = document.createElement('div');
  frame.className = 'card';
  frame.append(card.render());
  for (const fault of frame.querySelectorAll('[id^="fault."]')) {
    const input = document.getElementById(fault.id.slice(6)) ?? frame.querySelector('[id="' + fault.id.slice(6) + '"]');
    input?.querySelector('.ac-input')?.classList.add('is-faulty');
  }
  document.querySelector('main').replaceChildren(frame);
`;

/** Draws cards as the demo page shows them, and much like Teams. */
export async function openAdaptiveDrawing(browser: Browser): Promise<Draw<AdaptiveCard>> {
  const { page, picture } = await openDrawingPage(browser, style);
  await page.addScriptTag({ path: require.resolve('adaptivecards/dist/adaptivecards.min.js') });
  return (json) =>
    picture(`
      const json = ${JSON.stringify(json)};
      const hostConfig = ${JSON.stringify(hostConfig)};
      ${script}`);
}
