import { FileUnavailable, type IncomingFile, type UnavailableReason } from '../../ports/incoming-file';
import type { Log } from '../../ports/log';
import { createDownload } from '../download';
import type { MaySendFiles } from '../may-send-files';
import type { FileInfo, SlackCalls } from './calls';
import type { Incoming, Shared, SharedFile } from './envelope';
import { type FailureKind, logged, SlackCallFailed } from './failure';
import type { Once } from './once';
import { waited } from './retry';
import type { RunTurn } from './turns';

/** Each file is a turn of its own, one after the other. Never throws. */
export type RunFiles = (incoming: Incoming, shared: Shared) => Promise<void>;

export interface FilesDeps {
  readonly calls: Pick<SlackCalls, 'fileInfo'>;
  readonly once: Once;
  readonly runTurn: RunTurn;
  readonly maySendFiles: MaySendFiles;
  readonly botToken: string;
  readonly apiUrl: string;
  readonly maxBytes: number;
  /** Milliseconds until a file is given up that does not come; left out, it is 30 seconds. */
  readonly patience: number | undefined;
  readonly signal?: AbortSignal;
  readonly log: Log;
}

/** An upload is told twice. Milliseconds for the message, which names all its files, to be the first. */
const messageComesFirst = 300;
/** In channels files are shared for many reasons: of those only these are taken for an import. */
const tableName = /\.(?:csv|tsv|xlsx)$/i;

export function createRunFiles(deps: FilesDeps): RunFiles {
  const { calls, once, runTurn, maySendFiles, botToken, maxBytes, patience, signal, log } = deps;
  const download = createDownload({
    allows: createIsFileHost(deps.apiUrl),
    headers: { authorization: `Bearer ${botToken}` },
    lockedOut: 'not-permitted',
    maxBytes,
    ...(patience === undefined ? {} : { patience }),
  });

  const describe = async (id: string): Promise<FileInfo> => {
    try {
      return await calls.fileInfo(id);
    } catch (error) {
      throw unavailable(error);
    }
  };

  const fileOf = ({ id, name, size }: { id: string; name: string; size: number | null }): IncomingFile => ({
    ...{ name, size },
    open: async () => download((await describe(id)).address, name),
  });

  const toPrivateChat = async ({ id, name, size }: SharedFile): Promise<IncomingFile> => {
    if (name !== null) return fileOf({ id, name, size });
    const found = await describe(id).catch(() => ({ name: '', size: null }));
    return fileOf({ id, ...found });
  };

  /** Null for what is left unread, and without a word: it was shared with others. */
  const toChannel = async ({ id }: SharedFile, user: string): Promise<IncomingFile | null> => {
    const unseen = fileOf({ id, name: '', size: null });
    if (!(await maySendFiles(`slack:${user}`, unseen))) return null;
    const found = await describe(id);
    return tableName.test(found.name) ? fileOf({ id, ...found }) : null;
  };

  const take = async (incoming: Incoming, { where, isPrivate }: Shared, shared: SharedFile) => {
    if (isPrivate && shared.name === null && !(await waited(messageComesFirst, signal))) return;
    const key = `file:${where.channel}:${shared.id}`;
    if (!once.isNew(key)) return;
    const file = await (isPrivate ? toPrivateChat(shared) : toChannel(shared, incoming.sender.user));
    if (file) await runTurn({ ...incoming, key }, { kind: 'file', file }, null);
  };

  return async (incoming, shared) => {
    for (const file of shared.files) {
      try {
        await take(incoming, shared, file);
      } catch (error) {
        log.warn(logged(error), 'A file that was shared in a channel was left unread.');
      }
    }
  };
}

/** The token goes to where the Web API is, and to Slack's files. */
function createIsFileHost(apiUrl: string): (url: URL) => boolean {
  const own = new URL(apiUrl);
  const hosts = ['files.slack.com', `files.${own.host}`];
  return ({ origin, protocol, host, username, password }) =>
    !username && !password && (origin === own.origin || (protocol === 'https:' && hosts.includes(host)));
}

const reasons: Readonly<Record<FailureKind, UnavailableReason>> = {
  gone: 'expired',
  expired: 'expired',
  later: 'not-arrived',
  refused: 'not-permitted',
};

function unavailable(error: unknown): unknown {
  if (!(error instanceof SlackCallFailed)) return error;
  return new FileUnavailable(reasons[error.kind], `Slack answered ${error.method} with ${error.code}`);
}
