import { createDemoDoor } from '../../../src/chat/demo/door';
import { demoPersonas } from '../../../src/chat/demo/personas';
import { cardsIn, createDemoClient, type DemoCard } from '../demo-client';
import { buildDemoPage } from '../demo-page';
import { realEntropy } from '../entropy';
import { openRunningHouse } from '../running-house';
import { buttonOf, newestWith, sentBy } from './card-in-hand';
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

  const cards = async (): Promise<readonly DemoCard[]> => {
    const address = `${running.url}/demo/messages?persona=${encodeURIComponent(operator)}`;
    return cardsIn(await fetch(address, { headers: { origin: running.url } }));
  };

  const newest = async (): Promise<DemoCard> => {
    const found = (await cards()).at(-1);
    if (!found) throw new Error('The demo shows no card.');
    return found;
  };

  const press = async (verb: string, row?: string): Promise<void> => {
    const standing = (await cards()).map((card) => ({ card }));
    const { card } = newestWith(standing, verb);
    const button = buttonOf(card, verb, row);
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
      press: (verb, { row } = {}) => press(verb, row),
      fill: (values) => Promise.resolve(void (typed = { ...typed, ...values })),
      submit: (verb) => press(verb),
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
