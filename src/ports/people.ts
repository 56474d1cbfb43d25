/** Somebody who has written to Rollcall, operator or not. */
export interface Person {
  /** `teams:<aadObjectId>`, `slack:<userId>` or `web:<name>`. */
  readonly id: string;
  readonly name: string;
}

/** The names that people have in their chats, to be read instead of ids. */
export interface People {
  /** Writes only what differs from what this process knows to be stored. */
  remember(person: Person): Promise<void>;
  /** The name of each that is known; of others the id itself. `system` is not a person. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Those whose name or id has a word that starts as `text` does, the latest to write first. */
  search(text: string, limit: number): Promise<readonly Person[]>;
}
