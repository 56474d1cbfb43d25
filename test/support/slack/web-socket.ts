import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's end of a WebSocket that carries text. */
export interface WebSocketEnd {
  send(text: string): void;
  close(): void;
}

interface Listener {
  message(text: string): void;
  closed(): void;
}

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** Takes over an upgraded connection; null for what is no WebSocket. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  listener: Listener,
): WebSocketEnd | null {
  const key = request.headers['sec-websocket-key'];
  if (key === undefined) return null;
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
    ]
      .concat('', '')
      .join('\r\n'),
  );
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let frame = readFrame(rest); frame; frame = readFrame(rest)) {
      rest = rest.subarray(frame.length);
      if (frame.opcode === opcodes.text) listener.message(frame.payload.toString('utf8'));
      if (frame.opcode === opcodes.ping) socket.write(frameOf(opcodes.pong, frame.payload));
      if (frame.opcode === opcodes.close) socket.end(frameOf(opcodes.close, frame.payload));
    }
  });
  socket.on('close', () => listener.closed());
  socket.on('error', () => socket.destroy());
  return {
    send: (text) => void socket.write(frameOf(opcodes.text, Buffer.from(text))),
    close: () => void socket.end(frameOf(opcodes.close, Buffer.alloc(0))),
  };
}

/** The first frame of what has come, if it is there to its end; what a client sends is always masked. */
function readFrame(buffer: Buffer): { opcode: number; payload: Buffer; length: number } | null {
  if (buffer.length < 2) return null;
  const short = buffer.readUInt8(1) & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (buffer.length < 2 + extra + 4) return null;
  const size = extra === 0 ? short : extra === 2 ? buffer.readUInt16BE(2) : Number(buffer.readBigUInt64BE(2));
  const start = 2 + extra + 4;
  if (buffer.length < start + size) return null;
  const mask = buffer.subarray(start - 4, start);
  const payload = Buffer.from(buffer.subarray(start, start + size));
  for (const [index, byte] of payload.entries()) payload[index] = byte ^ mask[index % 4]!;
  return { opcode: buffer.readUInt8(0) & 0x0f, payload, length: start + size };
}

function frameOf(opcode: number, payload: Buffer): Buffer {
  const long = payload.length > 65_535;
  const head = Buffer.alloc(payload.length < 126 ? 2 : long ? 10 : 4);
  head.writeUInt8(0x80 | opcode, 0);
  head.writeUInt8(payload.length < 126 ? payload.length : long ? 127 : 126, 1);
  if (head.length === 4) head.writeUInt16BE(payload.length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}
