import { CloudAdapter } from 'botbuilder';
import type { ConversationAddresses } from '../../ports/conversations';
import type { Log } from '../../ports/log';
import type { Dispatch, Door } from '../door';
import { createCarryAnswer } from './answer';
import { appIdOf, createAuthentication, type TeamsConfig } from './authentication';
import { createFilesOf } from './files';
import { createListener } from './listen';
import { createMessenger } from './messenger';
import { createPrivateChats } from './private-chat';
import { createRemembered } from './remembered';
import type { DoorWords, RenderCard } from './render';
import { createOwnTurns } from './send';
import { createRunTurn } from './turn';

export interface TeamsDoorDeps {
  readonly dispatch: Dispatch;
  readonly renderCard: RenderCard;
  readonly words: DoorWords;
  readonly addresses: ConversationAddresses;
  readonly config: TeamsConfig;
  /** Of a file. */
  readonly maxFileBytes: number;
  /** Milliseconds until a file is given up that does not come; left out, it is 30 seconds. */
  readonly filePatience?: number;
  readonly log: Log;
}

/** Microsoft Teams, by the Bot Framework. Whoever is not Microsoft's connector, or not of our tenant, is refused. */
export function createTeamsDoor(deps: TeamsDoorDeps): Door {
  const { dispatch, renderCard, words, addresses, config, maxFileBytes, filePatience, log } = deps;
  const authentication = createAuthentication(config, { patient: true });
  const adapter = new CloudAdapter(authentication);
  const ownTurns = createOwnTurns(adapter, appIdOf(config));
  // Whoever sends without having been asked tries again by itself, and has to know when it may.
  const impatient = new CloudAdapter(createAuthentication(config, { patient: false }));
  const unasked = createOwnTurns(impatient, appIdOf(config));
  const remembered = createRemembered(addresses);
  const privateChats = createPrivateChats({ ownTurns, addresses, remembered, log });
  const carryAnswer = createCarryAnswer({ renderCard, words, privateChats, log });
  const waitFor = filePatience === undefined ? {} : { patience: filePatience };
  const filesOf = createFilesOf({ config, maxBytes: maxFileBytes, ...waitFor });
  const runTurn = createRunTurn({ dispatch, carryAnswer, remembered, filesOf, words, log });
  const listener = createListener({ adapter, authentication, config, runTurn, log });
  return {
    name: 'teams',
    routes: [
      {
        method: 'POST',
        path: '/api/messages',
        handle: (request, response) => listener.handle(request, response),
      },
    ],
    messenger: createMessenger({ ownTurns: unasked, addresses, remembered, renderCard, words }),
    close: () => listener.close(),
  };
}
