type Kind<T extends HTMLElement> = abstract new (...args: never[]) => T;

/** An element that index.html is known to have. */
export function byId<T extends HTMLElement>(id: string, kind: Kind<T>): T {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`index.html has no such element: ${id}`);
}

export function create<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}
