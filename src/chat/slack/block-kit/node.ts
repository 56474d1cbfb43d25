/** An object of a card, read without trust in its shape. */
export type Node = Readonly<Record<string, unknown>>;

export function asNode(value: unknown): Node | null {
  return isNode(value) ? value : null;
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects under that name. */
export function nodesOf(node: Node, name: string): readonly Node[] {
  const list = node[name];
  return Array.isArray(list) ? list.filter(isNode) : [];
}

/** The text under that name; a number is read as its digits, anything else as nothing. */
export function textOf(node: Node, name: string): string {
  const value = node[name];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : '';
}
