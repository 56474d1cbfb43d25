import type { HomeView, ModalView } from '@slack/types';
import type { Log } from '../../ports/log';
import { createAsk } from './ask';
import { SlackCallFailed } from './failure';
import { createPost, type MessageContent } from './post';
import { createRespond } from './respond';
import {
  type FileInfo,
  type Identified,
  type Posted,
  readFileInfo,
  readIdentity,
  readPrivateChannel,
  readUser,
  readViewRef,
  type UserInfo,
  type ViewRef,
} from './results';
import { createPatience, type Timing, usualTiming } from './retry';

export type { FileInfo, Identified, MessageContent, Posted, UserInfo, ViewRef };

export interface Trigger {
  readonly id: string;
  /** Milliseconds of performance.now() when it came in. */
  readonly at: number;
}

/** Slack's Web API as far as the door needs it. Every method throws `SlackCallFailed`. */
export interface SlackCalls {
  /**
   * Tried again while Slack is busy or silent. A post whose answer is missing may have been delivered: in private
   * chats it is looked for first, elsewhere it is posted again. The same `mark` names the same message in a later call.
   */
  post(channel: string, content: MessageContent, thread?: string, mark?: string): Promise<Posted>;
  /**
   * A post that nobody waits for. What may stand in a channel already is not sent again here: whoever sends it again
   * says on it that it may have come.
   */
  announce(channel: string, content: MessageContent): Promise<Posted>;
  update(address: Posted, content: MessageContent): Promise<void>;
  /** A line that only this person sees. */
  tell(channel: string, user: string, text: string, thread?: string): Promise<void>;
  privateChannel(user: string): Promise<string>;
  /** One try, because a trigger is good for three seconds; `expired` where it is older already. */
  openView(trigger: Trigger, view: ModalView): Promise<ViewRef>;
  pushView(trigger: Trigger, view: ModalView): Promise<ViewRef>;
  /** By Slack's id, or by the one that we gave it. */
  updateView(view: string | { readonly externalId: string }, content: ModalView): Promise<ViewRef>;
  publishHome(user: string, view: HomeView): Promise<void>;
  userInfo(user: string): Promise<UserInfo>;
  /** Where a file lies that somebody shared. */
  fileInfo(file: string): Promise<FileInfo>;
  /** One try. */
  authTest(): Promise<Identified>;
  /** A line that only this person sees, through a response_url of Slack; refused where it is not Slack's. */
  respond(responseUrl: string, text: string): Promise<void>;
}

export interface SlackCallsDeps {
  readonly botToken: string;
  readonly apiUrl: string;
  readonly log: Log;
  /** Ends the waiting between two tries. */
  readonly signal?: AbortSignal;
  readonly timing?: Partial<Timing>;
}

const triggerLivesMs = 2_800;
const mostChannels = 5_000;

export function createSlackCalls({ botToken, apiUrl, log, signal, timing }: SlackCallsDeps): SlackCalls {
  const { requestMs, postMs, viewMs, firstWaitMs } = { ...usualTiming, ...timing };
  const ask = createAsk({ botToken, apiUrl, requestMs, log });
  const patiently = createPatience(firstWaitMs, signal);
  const respondOnce = createRespond({ apiUrl, requestMs });
  const privateChannels = new Map<string, string>();

  const showView = async (method: string, trigger: Trigger, view: ModalView): Promise<ViewRef> => {
    if (performance.now() - trigger.at > triggerLivesMs)
      throw new SlackCallFailed({ method, kind: 'expired', code: 'old_trigger' });
    return readViewRef(method, await ask(method, { trigger_id: trigger.id, view }));
  };

  return {
    ...createPost({ ask, patiently, postMs, log }),
    async update({ channel, ts }, { blocks, text }) {
      await patiently(postMs, () => ask('chat.update', { channel, ts, blocks, text }));
    },
    async tell(channel, user, text, thread) {
      const line = { channel, user, text, ...(thread ? { thread_ts: thread } : {}) };
      await patiently(viewMs, () => ask('chat.postEphemeral', line));
    },
    async privateChannel(user) {
      const known = privateChannels.get(user);
      if (known !== undefined) return known;
      const method = 'conversations.open';
      const opened = await patiently(postMs, async () =>
        readPrivateChannel(method, await ask(method, { users: user })),
      );
      if (privateChannels.size >= mostChannels) privateChannels.clear();
      privateChannels.set(user, opened);
      return opened;
    },
    openView: (trigger, view) => showView('views.open', trigger, view),
    pushView: (trigger, view) => showView('views.push', trigger, view),
    updateView: (known, view) =>
      patiently(viewMs, async () => {
        const which = typeof known === 'string' ? { view_id: known } : { external_id: known.externalId };
        return readViewRef('views.update', await ask('views.update', { ...which, view }));
      }),
    async publishHome(user, view) {
      await patiently(viewMs, () => ask('views.publish', { user_id: user, view }));
    },
    userInfo: (user) =>
      patiently(viewMs, async () =>
        readUser('users.info', await ask('users.info', { user, include_locale: true })),
      ),
    fileInfo: (file) =>
      patiently(viewMs, async () => readFileInfo('files.info', await ask('files.info', { file }))),
    authTest: async () => readIdentity('auth.test', await ask('auth.test', {})),
    respond: (responseUrl, text) => patiently(viewMs, () => respondOnce(responseUrl, text)),
  };
}
