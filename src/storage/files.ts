import type { Entropy } from '../domain/entropy';
import { deriveToken, hashToken, newFormId } from '../domain/hand-over';
import {
  fileLifetime,
  mostFileBytes,
  type Files,
  type FilesOfForms,
  type KeptFiles,
  type NewFile,
} from '../ports/files';
import { answered } from './away';
import { isDuplicateOf } from './duplicate-key';
import type { Records } from './records';

interface Deps {
  readonly records: Pick<Records, 'files'>;
  readonly entropy: Entropy;
  readonly publicUrl: string;
}

export function createMongoFiles({
  records: { files },
  entropy,
  publicUrl,
}: Deps): Files & FilesOfForms & KeptFiles {
  const store = async (token: string, { bytes, name, contentType }: NewFile, now: Date): Promise<void> => {
    if (bytes.length > mostFileBytes) {
      throw new RangeError(`A file of ${bytes.length} bytes cannot be kept: ${mostFileBytes} is the most.`);
    }
    const expiresAt = new Date(now.getTime() + fileLifetime);
    const stored = { _id: hashToken(token), name, contentType, bytes, expiresAt };
    await answered('write', () => files.create(stored));
  };
  const linkOf = (token: string): string => `${publicUrl}/f/${token}`;

  return {
    async keep(file, now) {
      const token = newFormId(entropy);
      await store(token, file, now);
      return linkOf(token);
    },

    async keepFor(formId, file, now) {
      try {
        await store(deriveToken(formId), file, now);
      } catch (error) {
        if (!isDuplicateOf(error, '_id')) throw error;
      }
    },

    linkFor: (formId) => linkOf(deriveToken(formId)),

    find: (token, now) =>
      answered('read', async () => {
        const found = await files.findOne({ _id: hashToken(token), expiresAt: { $gt: now } }).lean();
        if (!found) return null;
        const { name, contentType, bytes } = found;
        return { name, contentType: contentType as NewFile['contentType'], bytes: toBuffer(bytes) };
      }),
  };
}

/** Read lean, bytes come as the driver's own type. */
function toBuffer(bytes: Buffer | { readonly buffer: Uint8Array }): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer);
}
