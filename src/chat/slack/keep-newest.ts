/** Keeps an entry; beyond so many the one that was kept first goes. */
export function keepNewest<T>(map: Map<string, T>, most: number, [key, value]: readonly [string, T]): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
