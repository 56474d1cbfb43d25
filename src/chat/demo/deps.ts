import type { Dispatch } from '../door';
import type { Entropy } from '../../domain/entropy';
import type { Locale } from '../../ports/chat';
import type { Clock } from '../../ports/clock';
import type { Log } from '../../ports/log';
import type { Persona } from './persona';
import type { RenderCard } from './turn';

interface DemoWords {
  section(locale: Locale, name: string): Readonly<Record<string, string>>;
}

export interface DemoDoorDeps {
  readonly dispatch: Dispatch;
  readonly renderCard: RenderCard;
  readonly words: DemoWords;
  /** Whom the reader can choose to be; anybody else is `web:<name>` too. */
  readonly personas: readonly Persona[];
  /** Offered as chips and behind a typed `/`, without the slash: `add-user`. */
  readonly commands: readonly string[];
  /** Where the files of the house are read from; the page may be open under another name of this machine. */
  readonly publicUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** Where the built page lies; beside this file if not given. */
  readonly pageFolder?: string;
}
