import type { IncomingFile } from '../../ports/incoming-file';
import { createDownload } from '../download';
import { isRecord } from '../is-record';
import type { Incoming } from './activity';
import type { TeamsConfig } from './authentication';
import { isLoopbackUrl } from './loopback-url';
import { parseConversation } from './parse';

/** The files of a message, in its order; none where Teams gives none to bots. */
export type FilesOf = (incoming: Incoming) => readonly IncomingFile[];

interface FilesDeps {
  readonly config: TeamsConfig;
  readonly maxBytes: number;
  readonly patience?: number;
}

const downloadInfo = 'application/vnd.microsoft.teams.file.download.info';
const longestName = 255;

export function createFilesOf({ config, ...rest }: FilesDeps): FilesOf {
  const isLocalToo = config.kind === 'anonymous';
  const allows = (url: URL) => isOneDrive(url) || (isLocalToo && isLoopbackUrl(url.href));
  const download = createDownload({ ...rest, allows, lockedOut: 'expired' });

  return (incoming) => {
    if (incoming.type !== 'message' || parseConversation(incoming).kind !== 'personal') return [];
    return (incoming.attachments ?? [])
      .filter(({ contentType }) => contentType?.toLowerCase() === downloadInfo)
      .map(({ name = '', content }) => ({
        name: name.trim().slice(0, longestName),
        size: null,
        open: () => download(addressIn(content), name),
      }));
  };
}

/**
 * Teams puts what somebody sends to a bot into that person's OneDrive for Business, `<tenant>-my.sharepoint.com`, and
 * names an address there that needs no credentials. In the national clouds under other names bots get no files.
 */
function isOneDrive({ protocol, hostname, port, username, password }: URL): boolean {
  return protocol === 'https:' && !port && !username && !password && hostname.endsWith('.sharepoint.com');
}

function addressIn(content: unknown): string {
  const address = isRecord(content) ? content['downloadUrl'] : undefined;
  return typeof address === 'string' ? address : '';
}
