import type { Delivered, Delivery, Oddities } from './transport';
import type { SlackMessage, SlackUser, SlackView } from './workspace';

export interface PersonOptions {
  /** An id that the fake knows, or a new person. */
  readonly user: string | (Partial<SlackUser> & { readonly id: string });
  /** The app's address; without one Slack speaks through the app's own connection. */
  readonly eventsUrl?: string;
}

export interface DropOptions {
  readonly channel?: string;
  readonly text?: string;
  /** Which of the two events come, in this order. */
  readonly told?: readonly ('message' | 'file_shared')[];
}

/** Where a button is: the modal on top, the home tab, a message, or the newest message with it in a channel. */
export type Where = 'view' | 'home' | SlackMessage | { readonly channel: string };

export interface SlackPerson {
  readonly user: SlackUser;
  /** The private chat with the bot. */
  readonly privateChat: string;
  command(command: string, text?: string, options?: { readonly channel?: string }): Promise<Delivered>;
  /** In the private chat. */
  say(text: string): Promise<Delivered>;
  mention(channel: string, text: string, options?: { readonly thread?: string }): Promise<Delivered>;
  /** Uploads to a channel where the bot may be, the private chat unless told; Slack tells it twice where it can. */
  dropFile(name: string, content: string | Uint8Array, options?: DropOptions): Promise<readonly Delivered[]>;
  /** Several at once in the private chat. */
  dropFiles(files: Readonly<Record<string, string>>): Promise<readonly Delivered[]>;
  press(where: Where, button: string, options?: { readonly row?: string }): Promise<Delivered>;
  /** Types and chooses in the modal on top, by input id; several comma-joined, '' for nothing. */
  fill(values: Readonly<Record<string, string>>): Promise<void>;
  /** Null where the client itself finds errors and sends nothing. */
  submit(): Promise<Delivered | null>;
  close(): Promise<void>;
  closeAll(): Promise<void>;
  openHome(): Promise<Delivered>;
  shortcut(callback: string): Promise<Delivered>;
  /** The modal on top. */
  view(): SlackView | null;
  home(): SlackView | null;
  messages(channel?: string): readonly SlackMessage[];
  /** The lines that this person alone saw. */
  whispers(): readonly SlackMessage[];
  /** Everything that can be read on the modal on top, or on the last message where none is open. */
  shown(): string;
  /** What stands in the inputs of the modal on top. */
  values(): Readonly<Record<string, string>>;
  choices(inputId: string): readonly string[];
  /** What the client or the app found wrong with the last submission, by input id. */
  errors(): Readonly<Record<string, string>>;
  /** What the client told of an app that did not answer as it must. */
  readonly troubles: readonly string[];
  until(isSo: () => Promise<boolean> | boolean): Promise<void>;
  /** The last thing that was sent to the app, for a repeat. */
  last(): Delivery;
  /** Anything, as often as told. */
  deliver(
    delivery: Delivery,
    options?: Oddities & { readonly times?: number },
  ): Promise<readonly Delivered[]>;
}
