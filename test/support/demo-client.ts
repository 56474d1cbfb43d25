import type { AdaptiveCard } from '../../src/chat/cards';
import { readCard, type RenderedCard } from './rendered-card';

interface Message {
  readonly id: string;
  readonly from: 'bot' | 'operator';
  readonly card?: AdaptiveCard;
}

export interface DemoCard extends RenderedCard {
  readonly messageId: string;
}

/** The cards of what the demo answers, the newest last. */
export async function cardsIn(answer: Response): Promise<readonly DemoCard[]> {
  if (!answer.ok) throw new Error(`The demo answered ${answer.status}.`);
  const { messages } = (await answer.json()) as { messages: Message[] };
  return messages.flatMap(({ id, card }) => (card ? [{ ...readCard(card), messageId: id }] : []));
}

export async function lastCardIn(answer: Response): Promise<DemoCard> {
  const last = (await cardsIn(answer)).at(-1);
  if (!last) throw new Error('The demo answered without a card.');
  return last;
}

/** Talks to a running demo over HTTP as its page does. */
export function createDemoClient(url: string, persona: string) {
  const post = async (body: object): Promise<DemoCard> => {
    const answer = await fetch(`${url}/demo/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ persona, ...body }),
    });
    return lastCardIn(answer);
  };

  return {
    type: (text: string) => post({ kind: 'typed', text }),
    press(card: DemoCard, verb: string, values: Readonly<Record<string, string>> = {}): Promise<DemoCard> {
      const button = card.buttons.find((one) => one.verb === verb);
      if (!button) throw new Error(`No button ${verb} on: ${card.text}`);
      const data = { ...button.data, ...card.inputs, ...values };
      return post({ kind: 'pressed', messageId: card.messageId, verb, data });
    },
  };
}
