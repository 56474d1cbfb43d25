import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DoorRoute } from '../door';
import type { Locale } from '../../ports/chat';
import type { DemoDoorDeps } from './deps';
import type { EventStreams } from './event-stream';
import { readInbound, readInboundFile, type ReadOutcome } from './inbound';
import { conversationOf, isPersonaId, languageOf } from './persona';
import { respondFault, respondJson } from './respond';
import type { Transcripts } from './transcripts';
import { runTurn } from './turn';

interface Parts extends DemoDoorDeps {
  readonly newId: () => string;
  readonly transcripts: Transcripts;
  readonly streams: EventStreams;
}

/** What the page says and hears: the conversation, its changes, and what the reader types and presses. */
export function createTalkRoutes(parts: Parts, running: (turn: Promise<void>) => void): readonly DoorRoute[] {
  return [
    {
      method: 'GET',
      path: '/demo/messages',
      handle: (request, response) => withPersona(request, response, tellConversation(parts)),
    },
    {
      method: 'GET',
      path: '/demo/events',
      handle: (request, response) => withPersona(request, response, tellChanges(parts)),
    },
    {
      method: 'POST',
      path: '/demo/messages',
      handle: (request, response) => running(takeTurn(parts, request, response, readInbound)),
    },
    {
      method: 'POST',
      path: '/demo/files',
      handle: (request, response) => running(takeTurn(parts, request, response, readFile)),
    },
  ];
}

type Telling = (
  request: IncomingMessage,
  response: ServerResponse,
  persona: string,
  query: URLSearchParams,
) => void;

function queryOf(request: IncomingMessage): URLSearchParams {
  return new URLSearchParams(request.url?.split('?')[1] ?? '');
}

function withPersona(request: IncomingMessage, response: ServerResponse, tell: Telling): void {
  const query = queryOf(request);
  const persona = query.get('persona') ?? '';
  if (isPersonaId(persona)) tell(request, response, persona, query);
  else respondFault(response, 'not-understood');
}

function tellConversation({ personas, commands, words, transcripts, streams }: Parts): Telling {
  return (request, response, persona) => {
    const transcript = transcripts.open(conversationOf(persona).id);
    const language = languageOf(persona, personas, request.headers['accept-language']);
    const locale = { language, timeZone: 'UTC' };
    const roleNames = words.section(locale, 'roles');
    respondJson(response, 200, {
      persona,
      language,
      personas: personas.map(({ id, displayName, role }) => ({
        id,
        displayName,
        roleName: roleNames[role] ?? '',
      })),
      commands,
      words: words.section(locale, 'demo'),
      messages: transcript.messages(),
      cursor: streams.cursor(transcript),
    });
  };
}

function tellChanges({ transcripts, streams }: Parts): Telling {
  return (request, response, persona, query) => {
    const resumed = request.headers['last-event-id'];
    const after = typeof resumed === 'string' ? resumed : (query.get('after') ?? '');
    streams.open(request, response, transcripts.open(conversationOf(persona).id), after);
  };
}

function readFile(request: IncomingMessage): ReadOutcome {
  return readInboundFile(request, queryOf(request));
}

async function takeTurn(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  readFrom: (request: IncomingMessage) => ReadOutcome | Promise<ReadOutcome>,
): Promise<void> {
  try {
    const read = await readFrom(request);
    if ('fault' in read) {
      respondFault(response, read.fault);
      return;
    }
    const transcript = parts.transcripts.open(conversationOf(read.inbound.persona).id);
    const locale = localeOf(parts, request, read.inbound);
    respondJson(response, 200, { messages: await runTurn(parts, read.inbound, locale, transcript) });
  } catch (error) {
    if (!request.complete && request.destroyed) return;
    const reference = parts.newId();
    parts.log.error({ err: error, reference }, 'A turn of the demo failed.');
    if (!response.headersSent) respondFault(response, 'unexpected', reference);
  }
}

function localeOf(
  { personas }: Parts,
  request: IncomingMessage,
  { persona, timeZone }: { persona: string; timeZone?: string | undefined },
): Locale {
  const language = languageOf(persona, personas, request.headers['accept-language']);
  return { language, timeZone: timeZone ?? 'UTC' };
}
