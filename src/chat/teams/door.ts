import { CloudAdapter } from 'botbuilder';
import type { ConversationAddresses } from '../../ports/conversations';
import type { Log } from '../../ports/log';
import type { Dispatch, Door } from '../door';
import { createCarryAnswer } from './answer';
import { appIdOf, createAuthentication, type TeamsConfig } from './authentication';
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
  readonly log: Log;
}

/** Microsoft Teams, by the Bot Framework. Whoever is not Microsoft's connector, or not of our tenant, is refused. */
export function createTeamsDoor({
  dispatch,
  renderCard,
  words,
  addresses,
  config,
  log,
}: TeamsDoorDeps): Door {
  const authentication = createAuthentication(config);
  const adapter = new CloudAdapter(authentication);
  const ownTurns = createOwnTurns(adapter, appIdOf(config));
  const remembered = createRemembered(addresses);
  const privateChats = createPrivateChats({ ownTurns, addresses, remembered, log });
  const carryAnswer = createCarryAnswer({ renderCard, words, privateChats, log });
  const runTurn = createRunTurn({ dispatch, carryAnswer, remembered, words, log });
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
    messenger: createMessenger({ ownTurns, addresses, remembered, renderCard, words }),
    close: () => listener.close(),
  };
}
