import type { AdaptiveCard } from '../../src/chat/cards';

export interface Button {
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly sendsInputs: boolean;
}

type Node = Readonly<Record<string, unknown>>;

/** A rendered card as a chat client reads it. */
export interface RenderedCard {
  readonly json: AdaptiveCard;
  /** Everything that can be read on it, line by line. */
  readonly text: string;
  readonly buttons: readonly Button[];
  /** The value of each input, by its id, empty ones left out as Teams does. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The choices of an input as `value: title`. */
  choices(id: string): readonly string[];
  /** What stands under an input as its fault, or null. */
  fault(id: string): string | null;
}

export function readCard(json: AdaptiveCard): RenderedCard {
  const nodes = [...walk(json)];
  const inputs = nodes.filter((node) => String(node.type).startsWith('Input.'));
  return {
    json,
    text: nodes.flatMap(textOf).join('\n'),
    buttons: nodes.filter((node) => node.type === 'Action.Execute').map(toButton),
    inputs: Object.fromEntries(
      inputs.filter(({ value }) => value !== undefined && value !== '').map(({ id, value }) => [id, value]),
    ) as Record<string, string>,
    choices(id) {
      const input = inputs.find((node) => node.id === id);
      return ((input?.choices ?? []) as { title: string; value: string }[]).map(
        (one) => `${one.value}: ${one.title}`,
      );
    },
    fault(id) {
      const node = nodes.find((one) => one.id === `fault.${id}`);
      return node ? textOf(node).join('') : null;
    },
  };
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  yield value as Node;
  for (const [name, child] of Object.entries(value)) if (name !== 'data') yield* walk(child);
}

function textOf(node: Node): string[] {
  if (node.type === 'TextBlock') return [String(node.text)];
  if (node.type !== 'RichTextBlock') return [];
  return [(node.inlines as { text: string }[]).map((inline) => inline.text).join('')];
}

function toButton(node: Node): Button {
  return {
    title: String(node.title),
    verb: String(node.verb),
    data: node.data as Button['data'],
    sendsInputs: node.associatedInputs !== 'none',
  };
}
