import { Refused } from './api-answer';
import type { Methods } from './chat-methods';
import type { Json } from './json';
import type { SlackFile, Workspace } from './workspace';

export function addFile(
  workspace: Workspace,
  user: string,
  name: string,
  content: string | Uint8Array,
): SlackFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const mimetype = name.endsWith('.csv') ? 'text/csv' : 'application/octet-stream';
  const id = workspace.nextId('F');
  const file = { id, user, name, mimetype, bytes, isDeleted: false, address: null };
  workspace.files.set(file.id, file);
  return file;
}

export function describeFile(workspace: Workspace, file: SlackFile): Json {
  const { id, user, name, mimetype, bytes } = file;
  const usual = `${workspace.origin}/files-pri/${id}/download/${encodeURIComponent(name.toLowerCase())}`;
  const address = file.address ?? usual;
  return {
    ...{ id, created: 1790000000, timestamp: 1790000000, name, title: name, mimetype, user },
    ...{ filetype: name.split('.').at(-1), size: bytes.byteLength, mode: 'hosted', is_external: false },
    ...{ user_team: workspace.team, file_access: 'visible', is_public: false, editable: false },
    ...{ url_private: address, url_private_download: address },
  };
}

export function createFileMethods(workspace: Workspace): Methods {
  return {
    'files.info'(args) {
      const file = workspace.files.get(args.needed('file'));
      if (!file) throw new Refused('file_not_found');
      if (file.isDeleted) throw new Refused('file_deleted');
      return { file: describeFile(workspace, file), comments: [] };
    },
  };
}
