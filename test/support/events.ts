import { get, type IncomingMessage } from 'node:http';

interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** A reader of server-sent events. */
export interface Events {
  /** The next event; rejects when the stream ended before it. */
  next(): Promise<ServerEvent>;
  close(): void;
}

export async function openEvents(url: string, headers: Record<string, string> = {}): Promise<Events> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers }, resolve).on('error', reject);
  });
  const blocks = readBlocks(response);
  return {
    async next() {
      for (;;) {
        const { value, done } = await blocks.next();
        if (done) throw new Error('The stream has ended.');
        const fields = new Map(value.split('\n').map((line) => split(line)));
        const data = fields.get('data');
        if (data)
          return { id: fields.get('id') ?? '', event: fields.get('event') ?? '', data: JSON.parse(data) };
      }
    },
    close: () => void response.destroy(),
  };
}

async function* readBlocks(response: IncomingMessage): AsyncGenerator<string, void> {
  let rest = '';
  for await (const chunk of response as AsyncIterable<Buffer>) {
    const blocks = (rest + chunk.toString()).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks;
  }
}

function split(line: string): [string, string] {
  const [name = '', ...value] = line.split(': ');
  return [name, value.join(': ')];
}
