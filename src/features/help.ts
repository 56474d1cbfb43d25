import { word } from '../ports/card';
import type { Reply, Request } from './feature';

/** What can be done here, as buttons, worded for the kind of conversation it is. */
export function createHelp() {
  return {
    open(request: Request): Reply {
      return {
        audience: 'conversation',
        card: {
          name: 'help',
          data: {
            intro: word(`help.intro.${request.conversation.kind}`, { prefix: request.prefix }),
          },
        },
      };
    },
  };
}
