import type { Command } from '../door';
import { readPress, readState } from './block-kit/state';
import type { Happening } from './envelope';
import { readMetadata } from './metadata';
import { typedText } from './parse';

type Input = Command['input'];

/** In the value of an opener's button: what was typed, in place of a press. */
export const typedMark = 'typed';

/** Null for what is no press of ours: links, views that only say something, foreign values; and for files. */
export function inputOf(what: Happening, botUserId: string): Input | null {
  switch (what.kind) {
    case 'slash':
      return { kind: 'typed', text: typedText(what.line, botUserId) };
    case 'said':
      return { kind: 'typed', text: typedText(what.text, botUserId) };
    case 'press':
      return pressed(what.action, undefined);
    case 'press-in-view':
      return pressed(what.action, what.view.state?.values);
    case 'submission': {
      const { callback_id: verb, private_metadata: metadata, state } = what.view;
      if (!verb) return null;
      // What froze nothing that can be read is for the step to refuse.
      const { data } = readMetadata(metadata) ?? { data: {} };
      return { kind: 'pressed', verb, data: { ...data, ...readState(state?.values).values } };
    }
    case 'shortcut':
      return { kind: 'pressed', verb: what.verb, data: {} };
    case 'home-opened':
      return { kind: 'pressed', verb: 'home.open', data: {} };
    case 'files':
      return null;
  }
}

function pressed(action: unknown, state: unknown): Input | null {
  const press = readPress(action);
  if (!press) return null;
  const { verb, data, takesInputs } = press;
  const typed = data[typedMark];
  if (typeof typed === 'string') return { kind: 'typed', text: typed };
  return { kind: 'pressed', verb, data: takesInputs ? { ...data, ...readState(state).values } : data };
}
