import { createDemoDoor } from '../../../src/chat/demo/door';
import { demoPersonas } from '../../../src/chat/demo/personas';
import { createDemoClient, type DemoCard, lastCardIn } from '../demo-client';
import { buildDemoPage } from '../demo-page';
import { realEntropy } from '../entropy';
import { type Button } from '../rendered-card';
import { openRunningHouse } from '../running-house';
import { buttonOf, sentBy } from './card-in-hand';
import type { OpenStory } from './open-story';

const personas = { en: 'web:alice', fr: 'web:benoit' };

/** The demo page's conversation, over HTTP as the page speaks. */
export const openDemoStory: OpenStory = async (language) => {
  const page = buildDemoPage();
  const operator = personas[language];
  const running = await openRunningHouse({
    adminAgents: [operator],
    doors: ({ house, publicUrl, clock, log }) => [
      createDemoDoor({
        ...{ dispatch: house.dispatch, renderCard: house.cards.render, words: house.words, log, clock },
        ...{ personas: demoPersonas, commands: Object.keys(house.router.commands), publicUrl },
        ...{ entropy: realEntropy, pageFolder: page.folder },
      }),
    ],
  });
  const client = createDemoClient(running.url, operator);
  let typed: Record<string, string> = {};

  const newest = async (): Promise<DemoCard> => {
    const address = `${running.url}/demo/messages?persona=${encodeURIComponent(operator)}`;
    return lastCardIn(await fetch(address, { headers: { origin: running.url } }));
  };

  const pressButton = async (card: DemoCard, button: Button): Promise<void> => {
    const data = sentBy({ card, typed }, button);
    typed = {};
    await client.press({ ...card, buttons: [{ ...button, data }], inputs: {} }, button.verb);
  };

  return {
    running,
    door: {
      operator,
      async type(text) {
        await client.type(text);
      },
      async press(verb, { row } = {}) {
        const card = await newest();
        await pressButton(card, buttonOf(card, verb, row));
      },
      fill: (values) => Promise.resolve(void (typed = { ...typed, ...values })),
      async submit(verb) {
        const card = await newest();
        await pressButton(card, buttonOf(card, verb));
      },
      async drop(name, content) {
        const query = new URLSearchParams({ persona: operator, name });
        const headers = { origin: running.url, 'content-type': 'application/octet-stream' };
        const answer = await fetch(`${running.url}/demo/files?${query.toString()}`, {
          method: 'POST',
          headers,
          body: content,
        });
        if (!answer.ok) throw new Error(`The page was answered ${answer.status}.`);
      },
      shown: async () => (await newest()).text,
      values: async () => ({ ...(await newest()).inputs, ...typed }),
      lookAway: () => Promise.resolve(),
    },
    async close() {
      await running.close();
      page.remove();
    },
  };
};
