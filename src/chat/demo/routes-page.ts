import type { DoorRoute } from '../door';
import type { DemoDoorDeps } from './deps';
import type { PageFiles } from './page-files';
import { fillIndex } from './page-index';
import { firstPersona, languageOf } from './persona';
import { respond } from './respond';

/** The page itself: its document and the files that belong to it. */
export function createPageRoutes(files: PageFiles, { words, personas }: DemoDoorDeps): readonly DoorRoute[] {
  const index: DoorRoute = {
    method: 'GET',
    path: '/',
    handle(request, response) {
      const accepted = request.headers['accept-language'];
      const language = languageOf(null, [], accepted);
      const page = fillIndex(files.index, {
        ...words.section({ language, timeZone: 'UTC' }, 'demo'),
        language,
        persona: firstPersona(personas, accepted)?.id ?? '',
      });
      response.setHeader('Vary', 'Accept-Language');
      respond(response, 200, 'text/html; charset=utf-8', page);
    },
  };
  const assets = [...files.assets].map(([name, file]): DoorRoute => ({
    method: 'GET',
    path: `/demo/${name}`,
    handle: (_, response) => respond(response, 200, file.type, file.content),
  }));
  return [index, ...assets];
}
