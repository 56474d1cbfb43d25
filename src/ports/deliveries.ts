/** What a chat delivers more than once, told apart by the chat's own ids. */
export interface Deliveries {
  /** Whether `key` comes in for the first time within an hour, in any process. */
  claim(key: string): Promise<boolean>;
}
