export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

/** How words, numbers and dates are written for a reader. `timeZone` is an IANA name. */
export interface Locale {
  readonly language: Language;
  readonly timeZone: string;
}

/** `id` begins with the door's name, as in `teams:19:abc@thread.v2`; a channel is one conversation whatever the thread. */
export interface Conversation {
  readonly id: string;
  readonly kind: 'personal' | 'group' | 'channel';
}

/** Where a message with a card stands, so that it can be changed later. */
export interface CardAddress {
  readonly conversation: string;
  readonly message: string;
}
