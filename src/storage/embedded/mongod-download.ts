import type { RequestOptions } from 'node:https';
import type { Log } from '../../ports/log';
import { createProgress } from './progress';

/**
 * Fetches MongoDB's own archive for this platform and returns the mongod in it. Loaded only here: a start that
 * finds a mongod does not pay for the library.
 */
export async function downloadMongod(folder: string, log: Log): Promise<string> {
  const { MongoBinaryDownload } = await import('mongodb-memory-server-core/lib/util/MongoBinaryDownload.js');
  const { DryMongoBinary } = await import('mongodb-memory-server-core/lib/util/DryMongoBinary.js');
  const progress = createProgress(log, 'MongoDB');

  class Download extends MongoBinaryDownload {
    /** One try, so that a machine without network falls through at once; and, unlike the library, TLS is verified. */
    override httpDownload(url: URL, options: RequestOptions, to: string, meanwhile: string): Promise<string> {
      const verified = { ...options, rejectUnauthorized: true };
      return super.httpDownload(url, verified, to, meanwhile, 1, 0, 15_000);
    }

    override printDownloadProgress(chunk: { length: number }): void {
      this.dlProgress.current += chunk.length;
      if (this.dlProgress.length > 1024 * 1024) progress(this.dlProgress.current, this.dlProgress.length);
    }
  }
  const here = await DryMongoBinary.generateOptions({ downloadDir: folder });
  return new Download({ ...here, downloadDir: folder, checkMD5: true }).getMongodPath();
}
