/** A message of a conversation, as the page gets it. */
export interface Message {
  readonly id: string;
  readonly from: 'operator' | 'bot';
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Grows with every change in the conversation: of two versions of a message the higher one counts. */
  readonly revision: number;
  readonly text?: string;
  readonly card?: object;
  /** `size` in bytes. */
  readonly file?: { readonly name: string; readonly size: number | null };
}

type Draft = Pick<Message, 'from' | 'text' | 'card' | 'file'>;

type Listener = (message: Message) => void;

/** One conversation in memory. Beyond `limit` the oldest messages are forgotten. */
export interface Transcript {
  readonly messages: () => readonly Message[];
  /** True once only: the first call is the one that may greet. */
  readonly claimGreeting: () => boolean;
  append(draft: Draft): Message;
  /** Null when there is no such message any more. */
  replace(id: string, card: object): Message | null;
  /** Answers with the way to stop listening. */
  listen(listener: Listener): () => void;
  readonly isWatched: () => boolean;
}

interface Deps {
  readonly limit: number;
  readonly newId: () => string;
  readonly now: () => Date;
}

export function createTranscript({ limit, newId, now }: Deps): Transcript {
  const messages = new Map<string, Message>();
  const listeners = new Set<Listener>();
  let revision = 0;
  let greeted = false;

  const publish = (message: Message): Message => {
    messages.set(message.id, message);
    for (const listener of listeners) listener(message);
    return message;
  };
  const forgetOldest = (): void => {
    for (const id of messages.keys()) {
      if (messages.size < limit) return;
      messages.delete(id);
    }
  };

  return {
    messages: () => [...messages.values()],
    claimGreeting() {
      const first = !greeted && [...messages.values()].every(({ from }) => from === 'bot');
      greeted = true;
      return first;
    },
    append(draft) {
      forgetOldest();
      return publish({ id: newId(), at: now().toISOString(), revision: ++revision, ...draft });
    },
    replace(id, card) {
      const message = messages.get(id);
      return message?.card ? publish({ ...message, card, revision: ++revision }) : null;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isWatched: () => listeners.size > 0,
  };
}
