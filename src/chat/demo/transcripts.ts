import { createTranscript, type Transcript } from './transcript';

const messagesKept = 200;
const conversationsKept = 50;

/** The conversations of the demo, in memory: a restart forgets them. */
export interface Transcripts {
  /** Opens the conversation if there is none. */
  open(conversation: string): Transcript;
  find(conversation: string): Transcript | null;
}

interface Deps {
  readonly newId: () => string;
  readonly now: () => Date;
}

export function createTranscripts(deps: Deps): Transcripts {
  const transcripts = new Map<string, Transcript>();

  const forgetOldest = (): void => {
    for (const [id, transcript] of transcripts) {
      if (transcripts.size < conversationsKept) return;
      if (!transcript.isWatched()) transcripts.delete(id);
    }
  };

  return {
    open(conversation) {
      const known = transcripts.get(conversation);
      if (!known) forgetOldest();
      const transcript = known ?? createTranscript({ ...deps, limit: messagesKept });
      transcripts.delete(conversation);
      transcripts.set(conversation, transcript);
      return transcript;
    },
    find: (conversation) => transcripts.get(conversation) ?? null,
  };
}
