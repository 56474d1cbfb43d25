import { createTeamsDoor } from '../../../src/chat/teams/door';
import { createMongoConversationAddresses } from '../../../src/storage/conversations';
import { cardOf, startFakeConnector } from '../fake-connector';
import { openFileStore } from '../file-store';
import { readCard } from '../rendered-card';
import { openRunningHouse } from '../running-house';
import { annOperator, dropped, execute, message } from '../teams-activities';
import { buttonOf, newestWith, sentBy } from './card-in-hand';
import type { OpenStory } from './open-story';

const chat = 'a:ann';
const locales = { en: 'en-GB', fr: 'fr-FR' };

/** Teams, over HTTP, with a connector of our own. */
export const openTeamsStory: OpenStory = async (language) => {
  const connector = await startFakeConnector();
  const files = await openFileStore();
  const running = await openRunningHouse({
    adminAgents: [annOperator],
    doors: ({ house, log }) => [
      createTeamsDoor({
        ...{ dispatch: house.dispatch, renderCard: house.cards.render, words: house.words, log },
        ...{
          maxFileBytes: 1_000_000,
          addresses: createMongoConversationAddresses(house.records),
          config: { kind: 'anonymous' },
        },
      }),
    ],
  });
  let typed: Record<string, string> = {};

  const cards = () =>
    connector.messages(chat).flatMap((standing) => {
      const card = cardOf(standing);
      return card ? [{ id: standing.id, card: readCard({ type: 'AdaptiveCard', body: [card] }) }] : [];
    });

  const newest = () => {
    const found = cards().at(-1);
    if (!found) throw new Error('Teams shows no card.');
    return found;
  };

  const send = async (activity: object): Promise<void> => {
    const response = await fetch(`${running.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...activity, locale: locales[language], serviceUrl: connector.serviceUrl }),
    });
    if (!response.ok) throw new Error(`Teams was answered ${response.status}.`);
  };

  const press = async (verb: string, row?: string): Promise<void> => {
    const { id, card } = newestWith(cards(), verb);
    const button = buttonOf(card, verb, row);
    const data = sentBy({ card, typed }, button);
    typed = {};
    await send(execute('personal', id, button.verb, data));
  };

  return {
    running,
    door: {
      operator: annOperator,
      type: (text) => send(message('personal', text)),
      press: (verb, { row } = {}) => press(verb, row),
      fill: (values) => Promise.resolve(void (typed = { ...typed, ...values })),
      submit: (verb) => press(verb),
      drop: (name, content) =>
        send(message('personal', '', { attachments: [dropped(files.put(`/${name}`, content), name)] })),
      shown: () => Promise.resolve(newest().card.text),
      values: () => Promise.resolve({ ...newest().card.inputs, ...typed }),
      lookAway: () => Promise.resolve(),
    },
    async close() {
      await running.close();
      await connector.close();
      await files.close();
    },
  };
};
