/** A chat as an operator meets it, whichever it is: what a story is told through. */
export interface StoryDoor {
  /** Who acts, as it stands in the database. */
  readonly operator: string;
  type(text: string): Promise<void>;
  /**
   * Presses a button by its verb, on the newest card that has it; where there are several, that of the row in which `row`
   * is read.
   */
  press(verb: string, options?: { readonly row?: string }): Promise<void>;
  fill(values: Readonly<Record<string, string>>): Promise<void>;
  /** Sends the open form. */
  submit(verb: string): Promise<void>;
  /** Puts a file into the chat, and looks at the form that it leads to. */
  drop(name: string, content: string): Promise<void>;
  /** Everything that can be read on the newest card, faults included. */
  shown(): Promise<string>;
  /** What stands in the inputs of the open form. */
  values(): Promise<Readonly<Record<string, string>>>;
  /** Turns to something else: what is no message is closed. */
  lookAway(): Promise<void>;
}

/** Waits until it can be read; answers all that is shown then. */
export async function sees(door: StoryDoor, text: string): Promise<string> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const shown = await door.shown();
    if (shown.includes(text)) return shown;
    if (performance.now() > deadline) throw new Error(`"${text}" is not shown, but:\n${shown}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
