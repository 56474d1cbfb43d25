/** What Rollcall remembers of a conversation between two messages. */
export interface Conversations {
  /** The customer that `operator` picked here after `since`, or null. */
  chosenCustomer(operator: string, conversation: string, since: Date): Promise<string | null>;
  chooseCustomer(operator: string, conversation: string, customerId: string, at: Date): Promise<void>;
}

/** Where a conversation can be reached when nobody has written: the chat's own reference, kept as it is. */
export interface ConversationAddress {
  readonly id: string;
  readonly kind: 'personal' | 'group' | 'channel';
  /** The operator of a private chat; null in groups and channels. */
  readonly operator: string | null;
  /** JSON of the chat's own; only the door that wrote it reads it. */
  readonly reference: string;
}

export interface ConversationAddresses {
  find(id: string): Promise<ConversationAddress | null>;
  findPrivate(door: string, operator: string): Promise<ConversationAddress | null>;
  /** Writes only what differs from what is stored. */
  remember(address: ConversationAddress): Promise<void>;
  forget(id: string): Promise<void>;
}
