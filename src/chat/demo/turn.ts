import type { Answer, Command, Dispatch } from '../door';
import type { Card } from '../../ports/card';
import type { Locale } from '../../ports/chat';
import type { Log } from '../../ports/log';
import type { Inbound } from './inbound';
import { conversationOf, nameOf, type Persona } from './persona';
import type { Message, Transcript } from './transcript';

export type RenderCard = (card: Card, locale: Locale) => object;

export interface TurnDeps {
  readonly dispatch: Dispatch;
  readonly personas: readonly Persona[];
  readonly renderCard: RenderCard;
  readonly log: Log;
}

const greeting = 'rollcall';

/** Carries one message or press to the dispatcher and its answer into the transcript. */
export async function runTurn(
  { dispatch, personas, renderCard, log }: TurnDeps,
  inbound: Inbound,
  locale: Locale,
  transcript: Transcript,
): Promise<readonly Message[]> {
  if (inbound.kind === 'opened' && !transcript.claimGreeting()) return [];
  const conversation = conversationOf(inbound.persona);
  const asked = inbound.kind === 'typed' ? [transcript.append({ from: 'operator', text: inbound.text })] : [];
  const answer = await dispatch({
    door: 'demo',
    operator: inbound.persona,
    operatorName: nameOf(inbound.persona, personas),
    conversation,
    locale,
    prefix: '',
    input: inputOf(inbound),
  });
  const message = show(answer, renderCard(answer.card, answer.locale), inbound, transcript);
  await answer
    .delivered({ conversation: conversation.id, message: message.id })
    .catch((error: unknown) =>
      log.error({ err: error }, 'A card that stands in the chat was not remembered.'),
    );
  return [...asked, message];
}

function inputOf(inbound: Inbound): Command['input'] {
  if (inbound.kind === 'pressed') return { kind: 'pressed', verb: inbound.verb, data: inbound.data };
  return { kind: 'typed', text: inbound.kind === 'typed' ? inbound.text : greeting };
}

/** A press on a message that is forgotten is answered below: its effect is made all the same. */
function show(answer: Answer, card: object, inbound: Inbound, transcript: Transcript): Message {
  const inPlace = inbound.kind === 'pressed' && answer.place === 'here';
  const replaced = inPlace ? transcript.replace(inbound.messageId, card) : null;
  return replaced ?? transcript.append({ from: 'bot', card });
}
