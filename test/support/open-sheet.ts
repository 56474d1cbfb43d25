import { startHttpServer, type TestServer } from './http-server';
import { openImports, type ImportWorld } from './imports';

export interface OpenedSheet {
  readonly status: number;
  readonly page: string;
  /** By UPN. */
  readonly passwords: ReadonlyMap<string, string>;
  readonly csv: readonly string[];
}

export interface SheetReader {
  /** Opens the sheet as somebody with a browser does. */
  open(token: string): Promise<OpenedSheet>;
  close(): Promise<void>;
}

function createSheetReader({ handOvers, clock }: Pick<ImportWorld, 'handOvers' | 'clock'>): SheetReader {
  let server: TestServer | undefined;
  return {
    async open(token) {
      server ??= await startHttpServer({ handOvers, clock });
      const response = await fetch(`${server.url}/s/${token}`, { method: 'POST' });
      const page = await response.text();
      const fieldsOf = (name: string) =>
        [...page.matchAll(new RegExp(`data-field="${name}">([^<]*)<`, 'g'))].map(([, text]) => text ?? '');
      const [, csv = ''] = /href="data:text\/csv;charset=utf-8,([^"]*)"/.exec(page) ?? [];
      const names = fieldsOf('userPrincipalName');
      const pairs = fieldsOf('password').map((password, place) => [names[place] ?? '', password] as const);
      return {
        status: response.status,
        page,
        passwords: new Map(pairs),
        csv: decodeURIComponent(csv).split('\r\n'),
      };
    },
    async close() {
      await server?.server.close();
    },
  };
}

/** Imports whose sheets can be opened. */
export async function openReadableImports(): Promise<{
  readonly world: ImportWorld;
  readonly reader: SheetReader;
  close(): Promise<void>;
}> {
  const world = await openImports();
  const reader = createSheetReader(world);
  return {
    ...{ world, reader },
    async close() {
      await reader.close();
      await world.close();
    },
  };
}
