import { word, type Word } from '../ports/card';

/** Who did it, as people read it: by name, or as Rollcall itself. */
export function personOf(id: string, names: ReadonlyMap<string, string>): string | Word {
  return id === 'system' ? word('common.system') : (names.get(id) ?? id);
}
