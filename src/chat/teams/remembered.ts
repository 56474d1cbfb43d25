import type { ConversationAddress, ConversationAddresses } from '../../ports/conversations';
import type { Incoming } from './activity';
import { toAddress } from './reference';

const limit = 5000;

/** Remembers where conversations can be reached; what was noted lately does not touch the database again. */
export interface Remembered {
  /** On every turn. */
  note(incoming: Incoming): Promise<void>;
  /** On installation: another process may have forgotten the conversation meanwhile, so it is always written. */
  install(incoming: Incoming): Promise<void>;
  remember(address: ConversationAddress): Promise<void>;
  forget(id: string): Promise<void>;
}

export function createRemembered(addresses: ConversationAddresses): Remembered {
  const recent = new Map<string, string>();

  const remember = async (address: ConversationAddress): Promise<void> => {
    await addresses.remember(address);
    recent.delete(address.id);
    recent.set(address.id, keyOf(address));
    const [oldest] = recent.keys();
    if (recent.size > limit && oldest !== undefined) recent.delete(oldest);
  };

  return {
    remember,
    async note(incoming) {
      const address = toAddress(incoming);
      if (address && recent.get(address.id) !== keyOf(address)) await remember(address);
    },
    async install(incoming) {
      const address = toAddress(incoming);
      if (address) await remember(address);
    },
    async forget(id) {
      recent.delete(id);
      await addresses.forget(id);
    },
  };
}

function keyOf({ operator, reference }: ConversationAddress): string {
  return `${operator ?? ''} ${reference}`;
}
