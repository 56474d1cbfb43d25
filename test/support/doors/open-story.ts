import type { RunningHouse } from '../running-house';
import type { StoryDoor } from './story-door';

/** A house with one door on a database of its own, and an admin agent of a language in front of it. */
export interface Story {
  readonly running: Pick<RunningHouse, 'rows' | 'url' | 'runImports' | 'remind' | 'clock' | 'house'>;
  readonly door: StoryDoor;
  close(): Promise<void>;
}

export type OpenStory = (language: 'en' | 'fr') => Promise<Story>;
