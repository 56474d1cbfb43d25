import type { Message } from './api.js';

export interface LiveListener {
  changed(message: Message): void;
  /** The door has forgotten what was there (it was started again): this is the whole conversation now. */
  reset(messages: readonly Message[]): void;
  connected(isConnected: boolean): void;
}

/** Follows a conversation from `cursor` on; the browser reconnects by itself. Answers with the way to stop. */
export function follow(persona: string, cursor: string, listener: LiveListener): () => void {
  const query = new URLSearchParams({ persona, after: cursor });
  const source = new EventSource(`/demo/events?${query.toString()}`);
  const read = (event: MessageEvent): unknown => JSON.parse(String(event.data));
  source.addEventListener('message', (event) => listener.changed(read(event) as Message));
  source.addEventListener('reset', (event) => listener.reset(read(event) as readonly Message[]));
  source.addEventListener('open', () => listener.connected(true));
  source.addEventListener('error', () => listener.connected(false));
  return () => source.close();
}
