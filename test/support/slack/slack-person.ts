import { setTimeout as sleep } from 'node:timers/promises';
import { readArgs, Refused, messageBlocks } from './api-answer';
import { elementsOf } from './block-rules';
import { addMessage } from './chat-methods';
import type { FakeSlack } from './fake-slack';
import { addFile } from './file-methods';
import { choicesOf, clientErrors, fillIn, inputIdOf, valuesIn } from './form';
import { isJson, type Json, textAt } from './json';
import { asComposed, createPayloads } from './payloads';
import type { PersonOptions, SlackPerson, Where } from './person-contract';
import { findButton, readScreen } from './screen';
import { applyAnswer, trouble } from './submission';
import { type Delivered, type Delivery, overHttp, overSocket, type Transport } from './transport';
import { closeAll, closeTop } from './views';
import { named, privateChannel, type SlackMessage, type SlackUser, type SlackView } from './workspace';

/** Somebody in front of a Slack client, whose inputs, modals and retries behave as Slack's do. */
export function createSlackPerson(fake: FakeSlack, { user: who, eventsUrl }: PersonOptions): SlackPerson {
  const { workspace } = fake;
  const user = personOf(fake, who);
  const transport: Transport = eventsUrl === undefined ? overSocket(fake) : overHttp(fake, eventsUrl);
  const payloads = createPayloads(workspace, user);
  const privateChat = privateChannel(workspace, user.id).id;
  const troubles: string[] = [];
  const errors = new Map<
    string,
    { readonly hash: string; readonly found: Readonly<Record<string, string>> }
  >();
  let last: Delivery | null = null;

  const send = async (type: Delivery['type'], payload: Json): Promise<Delivered> => {
    last = { type, payload };
    const delivered = await transport(last);
    if (delivered.status === 200) return delivered;
    if (type !== 'events_api') {
      troubles.push(delivered.status === null ? 'operation_timeout' : `answered ${delivered.status}`);
      return delivered;
    }
    if (delivered.headers['x-slack-no-retry'] === '1') return delivered;
    const reason = delivered.status === null ? 'http_timeout' : 'http_error';
    return transport(last, { headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': reason } });
  };

  const top = (): SlackView | null => fake.views(user.id).at(-1) ?? null;
  const form = () => {
    const view = top();
    if (!view) throw new Error('No modal is open.');
    return { view, blocks: view.payload.blocks, state: view.state };
  };

  const messages = (channel = privateChat): readonly SlackMessage[] =>
    workspace.messages.filter((one) => one.channel === channel && (one.onlyFor ?? user.id) === user.id);

  const screenOf = (where: Where) => {
    if (where === 'view') return { view: form().view, blocks: form().blocks };
    const home = where === 'home' ? fake.home(user.id) : null;
    if (home) return { view: home, blocks: home.payload.blocks };
    if (where === 'home') throw new Error('The home tab is empty.');
    return { message: where };
  };

  const withButton = (channel: string, button: string): SlackMessage => {
    const found = messages(channel).findLast(({ blocks }) =>
      blocks
        .flatMap(elementsOf)
        .some(
          (one) =>
            textAt(one, 'action_id').replace(/:\d+$/, '') === button ||
            textAt(one, 'text', 'text') === button,
        ),
    );
    if (!found) throw new Error(`No message in ${channel} has a button "${button}".`);
    return found;
  };

  /** What an app says in its answer to a slash command is seen by this person alone, unless it says otherwise. */
  const showAnswer = (channel: string, body: unknown): void => {
    if (body === null || body === '') return;
    const answer = readArgs(isJson(body) ? body : { text: body });
    try {
      const content = { text: answer.text('text'), blocks: named(workspace, messageBlocks(answer)) };
      const onlyFor = answer.text('response_type') === 'in_channel' ? null : user.id;
      addMessage(workspace, content, {
        channel,
        thread: null,
        onlyFor,
        unfurls: false,
        user: workspace.bot.user,
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      fake.refuse('answer', answer.all, error.code);
    }
  };

  return {
    user,
    privateChat,
    async command(command, text = '', { channel = privateChat } = {}) {
      const delivered = await send('slash_commands', payloads.command(command, text, channel));
      if (delivered.status === 200) showAnswer(channel, delivered.body);
      return delivered;
    },
    say: (text) => send('events_api', payloads.said(asComposed(text))),
    mention: (channel, text, { thread } = {}) =>
      send('events_api', payloads.mentioned(channel, asComposed(text), thread ?? null)),
    dropFile(name, content, { channel = privateChat, text = '', told } = {}) {
      const file = addFile(workspace, user.id, name, content);
      const usual =
        channel === privateChat ? (['file_shared', 'message'] as const) : (['file_shared'] as const);
      const tell = {
        message: () => payloads.fileMessage([file], text),
        file_shared: () => payloads.fileShared(file, channel),
      };
      return Promise.all((told ?? usual).map((kind) => send('events_api', tell[kind]())));
    },
    dropFiles(contents) {
      const files = Object.entries(contents).map(([name, content]) =>
        addFile(workspace, user.id, name, content),
      );
      const shared = files.map((file) => payloads.fileShared(file, privateChat));
      const all = [...shared, payloads.fileMessage(files, '')];
      return Promise.all(all.map((payload) => send('events_api', payload)));
    },
    async press(where, button, { row } = {}) {
      const at = screenOf(where);
      if (at.view)
        return send('interactive', payloads.pressedInView(at.view, findButton(at.blocks, button, row)));
      const message = 'ts' in at.message ? at.message : withButton(at.message.channel, button);
      return send('interactive', payloads.pressedInMessage(message, findButton(message.blocks, button, row)));
    },
    async fill(values) {
      for (const [id, value] of Object.entries(values)) {
        const { view } = form();
        view.state = fillIn(form(), id, value);
        const told = view.payload.blocks.find(
          (block) =>
            inputIdOf(textAt(block, 'block_id')) === id &&
            (block.type !== 'input' || block.dispatch_action === true),
        );
        const element = told && elementsOf(told)[0];
        if (!element) continue;
        const now = view.state[textAt(told, 'block_id')]?.[textAt(element, 'action_id')] ?? {};
        const act = { block: told, element, verb: '', title: '', row: '' };
        await send('interactive', payloads.pressedInView(view, act, now));
      }
    },
    async submit() {
      const { view } = form();
      if (!isJson(view.payload.submit))
        throw new Error(`This modal has nothing to submit: ${readScreen(view.payload.blocks)}`);
      const found = clientErrors(form());
      errors.set(view.id, { hash: view.hash, found });
      if (Object.keys(found).length > 0) return null;
      const delivered = await send('interactive', payloads.submitted(view));
      const said = delivered.status === 200 ? applyAnswer(fake, view, delivered.body) : { '': trouble };
      if (said[''] !== undefined) troubles.push(trouble);
      errors.set(view.id, { hash: view.hash, found: said });
      return delivered;
    },
    async close() {
      const { view } = form();
      closeTop(workspace, user.id);
      if (view.payload.clear_on_close === true) closeAll(workspace, user.id);
      if (view.payload.notify_on_close === true) await send('interactive', payloads.closed(view, false));
    },
    async closeAll() {
      const open = fake.views(user.id);
      closeAll(workspace, user.id);
      for (const view of open)
        if (view.payload.notify_on_close === true) await send('interactive', payloads.closed(view, true));
    },
    openHome: () => send('events_api', payloads.openedHome('home', fake.home(user.id))),
    shortcut: (callback) => send('interactive', payloads.shortcut(callback)),
    view: top,
    home: () => fake.home(user.id),
    messages,
    whispers: () => fake.whispers(user.id),
    shown() {
      const view = top();
      const message = messages().at(-1);
      return view
        ? readScreen(view.payload.blocks)
        : message
          ? readScreen(message.blocks) || message.text
          : '';
    },
    values: () => valuesIn(form()),
    choices: (inputId) => choicesOf(form(), inputId),
    errors() {
      const view = top();
      const noted = view ? errors.get(view.id) : undefined;
      if (!noted || noted.hash !== view?.hash) return {};
      return Object.fromEntries(Object.entries(noted.found).map(([id, said]) => [inputIdOf(id), said]));
    },
    troubles,
    async until(isSo) {
      const deadline = performance.now() + 8_000;
      while (!(await isSo())) {
        if (performance.now() > deadline) throw new Error(`It did not become so; shown is:\n${this.shown()}`);
        await sleep(10);
      }
    },
    last() {
      if (!last) throw new Error('Nothing was sent yet.');
      return last;
    },
    deliver(delivery, { times = 1, ...oddities } = {}) {
      return Promise.all(Array.from({ length: times }, () => transport(delivery, oddities)));
    },
  };
}

function personOf(fake: FakeSlack, who: PersonOptions['user']): SlackUser {
  if (typeof who !== 'string') return fake.addUser(who);
  return fake.workspace.users.get(who) ?? fake.addUser({ id: who });
}
