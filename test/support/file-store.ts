import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listen } from './fake-connector';

export interface FileStore {
  readonly url: string;
  /** Requests that came, as `path`. */
  readonly asked: readonly string[];
  /** Headers of the last request. */
  headers(): IncomingMessage['headers'];
  /** Requests that were broken off by who asked. */
  readonly brokenOff: readonly string[];
  /** Answers the address of what lies there from now on. */
  put(path: string, answer: string | ((response: ServerResponse) => void)): string;
  close(): Promise<void>;
}

/** A server on loopback that files are fetched from; knows nobody and asks for nothing. */
export async function openFileStore(): Promise<FileStore> {
  const lying = new Map<string, (response: ServerResponse) => void>();
  const asked: string[] = [];
  const brokenOff: string[] = [];
  let headers: IncomingMessage['headers'] = {};
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    headers = request.headers;
    response.on('close', () => {
      if (!response.writableFinished) brokenOff.push(path);
    });
    const answer = lying.get(path);
    if (answer) answer(response);
    else response.writeHead(404).end();
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    url,
    asked,
    brokenOff,
    headers: () => headers,
    put(path, answer) {
      const handle =
        typeof answer === 'string' ? (response: ServerResponse) => void response.end(answer) : answer;
      lying.set(path, handle);
      return `${url}${path}`;
    },
    close: () => closeServer(server),
  };
}

/** Everything of a file, as text. */
export async function textOf(file: { open(): Promise<AsyncIterable<Uint8Array>> }): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await file.open()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
