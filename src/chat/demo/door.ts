import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Door, DoorRoute } from '../door';
import type { DemoDoorDeps } from './deps';
import { createEventStreams } from './event-stream';
import { createDemoMessenger } from './messenger';
import { readPageFiles } from './page-files';
import { admit } from './respond';
import { createPageRoutes } from './routes-page';
import { createTalkRoutes } from './routes-talk';
import { createTranscripts } from './transcripts';

/** The chat in the browser of the person who runs the demo. On loopback only, and never in production. */
export function createDemoDoor(deps: DemoDoorDeps): Door {
  const newId = (): string => deps.entropy.bytes(9).toString('base64url');
  const transcripts = createTranscripts({ newId, now: () => deps.clock.now() });
  const streams = createEventStreams(newId());
  const turns = new Set<Promise<void>>();
  const parts = { ...deps, newId, transcripts, streams };
  const files = readPageFiles(deps.pageFolder ?? join(__dirname, 'page'));

  const guarded = (route: DoorRoute): DoorRoute => ({
    ...route,
    handle(request: IncomingMessage, response: ServerResponse) {
      if (admit(request, response, route.method, deps)) route.handle(request, response);
    },
  });
  const running = (turn: Promise<void>): void => {
    turns.add(turn);
    void turn.finally(() => turns.delete(turn));
  };

  return {
    name: 'demo',
    routes: [...createPageRoutes(files, deps), ...createTalkRoutes(parts, running)].map(guarded),
    messenger: createDemoMessenger(transcripts, deps.renderCard),
    async close() {
      streams.close();
      await Promise.allSettled(turns);
    },
  };
}
