import type { ConversationAddress, ConversationAddresses } from '../../src/ports/conversations';

export interface AddressesInMemory extends ConversationAddresses {
  readonly all: ReadonlyMap<string, ConversationAddress>;
  /** How often something was to be remembered. */
  readonly writes: number;
}

export function createAddressesInMemory(): AddressesInMemory {
  const all = new Map<string, ConversationAddress>();
  let writes = 0;
  return {
    all,
    get writes() {
      return writes;
    },
    find: (id) => Promise.resolve(all.get(id) ?? null),
    findPrivate: (door, operator) =>
      Promise.resolve(
        [...all.values()].find(
          (address) =>
            address.kind === 'personal' && address.operator === operator && address.id.startsWith(`${door}:`),
        ) ?? null,
      ),
    remember(address) {
      writes += 1;
      all.set(address.id, address);
      return Promise.resolve();
    },
    forget(id) {
      all.delete(id);
      return Promise.resolve();
    },
  };
}
