import { textAt } from '../slack/json';
import { openSlackHouse } from '../slack/slack-house';
import { buttonsOf, readScreen } from '../slack/screen';
import type { OpenStory } from './open-story';

const locales = { en: 'en-GB', fr: 'fr-FR' };

/** Slack, by requests or through a socket, with a fake that refuses what Slack refuses. */
export const openSlackStory =
  (connection: 'http' | 'socket'): OpenStory =>
  async (language) => {
    const running = await openSlackHouse({ connection, adminAgents: ['slack:UADA'] });
    const ada = running.person({ id: 'UADA', name: 'Ada Lovelace', locale: locales[language] });

    /** Whoever reads looks at the modal on top, or at the newest message. */
    const shown = (): string => {
      const view = ada.view();
      const message = ada.messages().at(-1);
      if (view) {
        const { title, blocks } = view.payload;
        return [textAt(title, 'text'), readScreen(blocks), ...Object.values(ada.errors())].join('\n');
      }
      return message ? readScreen(message.blocks) : '';
    };

    return {
      running,
      door: {
        operator: 'slack:UADA',
        async type(text) {
          await ada.closeAll();
          const [command = '', ...rest] = text.split(' ');
          await ada.command(command, rest.join(' '));
        },
        async press(verb, { row } = {}) {
          const isInView = buttonsOf(ada.view()?.payload.blocks ?? []).some((one) => one.verb === verb);
          const where = isInView ? 'view' : { channel: ada.privateChat };
          await ada.press(where, verb, row === undefined ? {} : { row });
        },
        fill: (values) => ada.fill(values),
        async submit(verb) {
          const button = ada.view()?.payload.callback_id;
          if (button !== verb) throw new Error(`The modal submits ${String(button)}, not ${verb}.`);
          await ada.submit();
        },
        async drop(name, content) {
          const isForm = () =>
            buttonsOf(ada.messages().at(-1)?.blocks ?? []).some(({ verb }) => verb === 'import.refresh');
          await ada.closeAll();
          await ada.dropFile(name, content);
          await ada.until(isForm);
          await ada.press({ channel: ada.privateChat }, 'import.refresh');
          await ada.until(() => ada.view() !== null);
        },
        shown: () => Promise.resolve(shown()),
        values: () => Promise.resolve(ada.values()),
        lookAway: () => ada.closeAll(),
      },
      async close() {
        const { refusals } = running.fake;
        await running.close();
        if (refusals.length > 0) throw new Error(`Slack refused: ${JSON.stringify(refusals)}`);
        if (ada.troubles.length > 0) throw new Error(`Slack told of trouble: ${ada.troubles.join()}`);
      },
    };
  };
