import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Card } from '../ports/card';
import type { CardAddress, Conversation, Locale } from '../ports/chat';
import type { IncomingFile } from '../ports/incoming-file';
import type { Messenger } from '../ports/messenger';

export type DoorName = 'teams' | 'slack' | 'demo';

/** What came in at a door: words typed to the bot, a press on one of its cards, or a file. */
export interface Command {
  readonly door: DoorName;
  /** `teams:<aadObjectId>`, `slack:<userId>` or `web:<name>`. */
  readonly operator: string;
  /** What the chat calls this person, as it came in; null where it does not say. */
  readonly operatorName: string | null;
  readonly conversation: Conversation;
  readonly locale: Locale;
  /** What must stand in front of a typed command here: a mention in Teams' groups, nothing elsewhere. */
  readonly prefix: string;
  readonly input:
    | { readonly kind: 'typed'; readonly text: string }
    /** `data` is what the card sent: its own `frozen` and the inputs, unchecked. */
    | { readonly kind: 'pressed'; readonly verb: string; readonly data: unknown }
    /** Opened only for somebody who may import; whoever sends it lets go of it once it is answered unopened. */
    | { readonly kind: 'file'; readonly file: IncomingFile };
}

/** What goes back through the door that the command came by. */
export interface Answer {
  readonly card: Card;
  readonly locale: Locale;
  /** `operator`: never into a group or channel, but to the private chat, with one line here that points there. */
  readonly audience: 'operator' | 'conversation';
  /** `here`: instead of the pressed card. `below`: as a new message, as everything that was not pressed. */
  readonly place: 'here' | 'below';
  /** The door calls it once, when the card stands in the chat, so that the card can change later. */
  delivered(address: CardAddress): Promise<void>;
}

/** Decides every command; never throws, a fault is an answer too. */
export type Dispatch = (command: Command) => Promise<Answer>;

export interface DoorRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/** A chat: carries commands in and cards out, and decides nothing. */
export interface Door {
  readonly name: DoorName;
  readonly routes: readonly DoorRoute[];
  readonly messenger: Messenger;
  /** Ends what is open; running turns are finished first. */
  close(): Promise<void>;
}
