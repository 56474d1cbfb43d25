/** Cut to so many characters, so that a card with many names has room for all. */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}

/** The first of these names, and how many more there are. */
export function namesInBrief(names: readonly string[], most = 5): string {
  const named = names.slice(0, most).map((name) => shortened(name, 48));
  const others = names.length - named.length;
  return [...named, ...(others > 0 ? [`+${others}`] : [])].join(', ');
}
