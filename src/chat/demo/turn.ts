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
  const asked = said(inbound).map((draft) => transcript.append({ from: 'operator', ...draft }));
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

/** What the conversation shows of it as the operator's own, none or one. */
function said(inbound: Inbound): Pick<Message, 'text' | 'file'>[] {
  if (inbound.kind === 'typed') return [{ text: inbound.text }];
  if (inbound.kind === 'file') return [{ file: { name: inbound.file.name, size: inbound.file.size } }];
  return [];
}

function inputOf(inbound: Inbound): Command['input'] {
  switch (inbound.kind) {
    case 'opened':
      return { kind: 'typed', text: greeting };
    case 'typed':
      return { kind: 'typed', text: inbound.text };
    case 'pressed':
      return { kind: 'pressed', verb: inbound.verb, data: inbound.data };
    case 'file':
      return { kind: 'file', file: inbound.file };
  }
}

/** A press on a message that is forgotten is answered below: its effect is made all the same. */
function show(answer: Answer, card: object, inbound: Inbound, transcript: Transcript): Message {
  const inPlace = inbound.kind === 'pressed' && answer.place === 'here';
  const replaced = inPlace ? transcript.replace(inbound.messageId, card) : null;
  return replaced ?? transcript.append({ from: 'bot', card });
}
