import type { Clock } from '../../ports/clock';
import type { Deliveries } from '../../ports/deliveries';
import type { Log } from '../../ports/log';
import type { Dispatch, Door } from '../door';
import type { Foresee } from '../foresee';
import type { MaySendFiles } from '../may-send-files';
import { createCarryAnswer } from './answer';
import { createSlackCalls } from './calls';
import { createContents } from './content';
import { createRunFiles } from './files';
import { createHomeTab } from './home-tab';
import { createIdentity } from './identity';
import { createAnswerInView } from './in-view';
import { createListener } from './listen';
import { createOpen } from './loading';
import { createMessages } from './messages';
import { createMessenger } from './messenger';
import { createOnce } from './once';
import { createPeople } from './people';
import { createFindPlace } from './place';
import { createReceive, type Receive } from './reception';
import { openSocket } from './socket';
import { createRunSubmission } from './submissions';
import { createRunTurn } from './turns';
import { createViews } from './views';
import { createWaiting } from './waiting';
import type { AgainOf, DoorWords, RenderCard } from './words';

/** How Slack reaches us: by signed requests, or through a socket that we open. */
export interface SlackDoorConfig {
  readonly botToken: string;
  readonly apiUrl: string;
  readonly connection:
    | { readonly kind: 'http'; readonly signingSecret: string }
    | { readonly kind: 'socket'; readonly appToken: string };
}

export interface SlackDoorDeps {
  readonly dispatch: Dispatch;
  readonly foresee: Foresee;
  readonly maySendFiles: MaySendFiles;
  readonly renderCard: RenderCard;
  readonly againOf: AgainOf;
  readonly words: DoorWords;
  readonly deliveries: Deliveries;
  readonly config: SlackDoorConfig;
  /** Of a file. */
  readonly maxFileBytes: number;
  /** Milliseconds until a file is given up that does not come; left out, it is 30 seconds. */
  readonly filePatience?: number;
  /** The true time, which the signed requests are compared with. */
  readonly clock: Clock;
  readonly log: Log;
}

/** Slack. Whoever is not of the one workspace that the bot is installed in is refused. */
export function createSlackDoor(deps: SlackDoorDeps): Door {
  const { dispatch, foresee, renderCard, words, deliveries, config, clock, log } = deps;
  const ending = new AbortController();
  const { signal } = ending;
  const calls = createSlackCalls({ botToken: config.botToken, apiUrl: config.apiUrl, log, signal });
  const identity = createIdentity({ calls, log, signal });
  const people = createPeople({ calls, ownTeam: () => identity.current()?.teamId ?? null });
  const findPlace = createFindPlace(calls);
  const once = createOnce(deliveries, log);
  const waiting = createWaiting({ calls, log });
  const contents = createContents({ renderCard, againOf: deps.againOf, words, log });
  const views = createViews({ words, log });
  const messages = createMessages({ calls, waiting, contents, words, log });
  const open = createOpen({ calls, views, log });
  const carryAnswer = createCarryAnswer({ calls, open, messages, views, renderCard, log });
  const inView = createAnswerInView({ calls, messages, views, renderCard, log });
  const homeTab = createHomeTab({ calls, dispatch, views, renderCard, log });
  const shared = { calls, dispatch, foresee, people, findPlace, once, carryAnswer, inView, homeTab };
  const runTurn = createRunTurn({ ...shared, open, messages, views, log });
  const runSubmission = createRunSubmission({ ...shared, views, log });
  const { maySendFiles, maxFileBytes: maxBytes, filePatience: patience } = deps;
  const filesFrom = { botToken: config.botToken, apiUrl: config.apiUrl, maxBytes, patience, maySendFiles };
  const runFiles = createRunFiles({ ...filesFrom, calls, once, runTurn, signal, log });
  const receive = createReceive({ calls, identity, once, runTurn, runSubmission, runFiles, words, log });
  const entrance = openEntrance({ config, receive, clock, log });

  return {
    name: 'slack',
    routes: entrance.routes,
    messenger: createMessenger({ calls, contentOf: (card, locale) => contents.ofCard(card, locale) }),
    async close() {
      await entrance.close();
      ending.abort();
      await waiting.close();
    },
  };
}

interface EntranceDeps extends Pick<SlackDoorDeps, 'config' | 'clock' | 'log'> {
  readonly receive: Receive;
}

/** By requests to us, or by a connection of our own. */
function openEntrance({ config, receive, clock, log }: EntranceDeps): Pick<Door, 'routes' | 'close'> {
  const { apiUrl, connection } = config;
  if (connection.kind === 'socket') {
    const socket = openSocket({ appToken: connection.appToken, apiUrl, receive, log });
    return { routes: [], close: () => socket.close() };
  }
  const { handle, close } = createListener({ signingSecret: connection.signingSecret, receive, clock, log });
  return { routes: [{ method: 'POST', path: '/slack/events', handle }], close };
}
