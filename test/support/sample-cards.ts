import { createCards, type AdaptiveCard, type Cards } from '../../src/chat/cards';
import { createSeal } from '../../src/chat/seal';
import { languages, type Language } from '../../src/ports/chat';
import { createWords } from '../../src/words/words';
import { cardSamples, type CardSample } from './card-samples';

/** A sample as a chat client gets it. */
export interface SampleCard {
  /** Names the sample in a failed test. */
  readonly of: string;
  readonly sample: CardSample;
  readonly language: Language;
  readonly json: AdaptiveCard;
}

export type CardNode = Readonly<Record<string, unknown>>;

export function createSampleCards(): Cards {
  return createCards({ words: createWords(), seal: createSeal(Buffer.alloc(32)) });
}

/** Every sample in every language. */
export async function renderSamples(): Promise<readonly SampleCard[]> {
  const cards = createSampleCards();
  return (await cardSamples()).flatMap((sample) =>
    languages.map((language) => ({
      of: `${sample.card.name}, ${sample.as}, ${language}`,
      sample,
      language,
      json: cards.render(sample.card, { language, timeZone: 'Europe/Paris' }),
    })),
  );
}

/** All objects of a card; what its buttons freeze is left out. */
export function* nodesOf(value: unknown): Generator<CardNode> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  yield value as CardNode;
  for (const [name, child] of Object.entries(value)) if (name !== 'data') yield* nodesOf(child);
}

/** The objects of a card whose type begins so, as in `Input.` or `Action.`. */
export function nodesOfType(json: AdaptiveCard, type: string): CardNode[] {
  return [...nodesOf(json)].filter((node) => String(node.type).startsWith(type));
}

/** What people read of one object: each text by the name it stands under. */
export function textsOf(node: CardNode): [name: string, text: string][] {
  const read = ['text', 'title', 'label', 'placeholder', 'tooltip', 'errorMessage', 'altText', 'speak'];
  return Object.entries(node).filter(
    (entry): entry is [string, string] => read.includes(entry[0]) && typeof entry[1] === 'string',
  );
}
