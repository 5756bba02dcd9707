import type { Agent, IncomingMessage } from 'node:http';
import type { OnReadOpts, Socket } from 'node:net';
import { type ByteSink, pour } from './sink.ts';

/** Bytes read at once while Node's HTTP parser has the connection. */
const PLAIN = 32 * 1024;

/**
 * A connection whose bytes can be taken past the HTTP parser once it has read the head of an answer. The parser copies each piece of a body into memory
 * made for it: of 1 GB over the loopback, receiving cost 1.1 s of processor time and 165 MB resident that way, past it 0.2 s and 72 MB (Node 24, 2 cores).
 */
interface Lane {
  /** Set once the parser is done with the connection. */
  take: ((bytes: number, from: Uint8Array) => boolean) | undefined;
  room: () => Uint8Array;
  /** The sink takes no more at this moment. */
  held: boolean;
}
const lanes = new WeakMap<object, Lane>();

/** Makes an agent whose connections have lanes. */
export function withLanes<A extends Agent>(agent: A): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const plain = Buffer.allocUnsafeSlow(PLAIN);
    const lane: Lane = { take: undefined, room: () => plain, held: false };
    const onread: OnReadOpts = {
      buffer: () => lane.room() as Uint8Array<ArrayBuffer>,
      callback(bytes, buffer) {
        if (lane.take) return lane.take(bytes, buffer);
        return socket?.emit('data', buffer.subarray(0, bytes)) ?? true;
      },
    };
    const socket = connect({ ...options, onread } as typeof options, done) as Socket | null | undefined;
    if (socket) lanes.set(socket, lane);
    return socket;
  };
  return agent;
}

/** Whether its sink holds back the answer that is read from this connection. */
export const isHeld = (socket: Socket | null | undefined): boolean => (socket ? (lanes.get(socket)?.held ?? false) : false);

/** Whether the rest of an answer can be read past the parser. */
export const hasLane = ({ socket }: IncomingMessage): boolean => lanes.has(socket);

/**
 * Reads the body of an answer, of which nobody has read anything yet, into a sink. The connection is closed afterwards: the parser does not know
 * that the answer is over.
 * @param length of the body, as its head declares
 * @throws what the sink throws; an error with a code when the connection breaks
 */
export async function readPast(answer: IncomingMessage, length: number, sink: ByteSink): Promise<void> {
  const { socket } = answer;
  const lane = lanes.get(socket) as Lane;
  // Reading may set the connection going again; what comes next is ours.
  const first: Buffer | null = answer.read();
  socket.pause();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onBreak = () => reject(Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' }));
  answer.once('error', reject);
  socket.once('close', onBreak);
  if (socket.destroyed) onBreak();
  promise.catch(() => {});
  try {
    let left = length - (first?.length ?? 0);
    if (first) await Promise.race([pour(sink, first), promise]);
    if (left === 0) return;
    const plain = lane.room();
    lane.room = () => {
      const room = lane.held || left === 0 ? plain : sink.room();
      return room.length > left && left > 0 ? room.subarray(0, left) : room;
    };
    lane.take = (bytes, from) => {
      left -= bytes;
      const own = from.buffer !== plain.buffer;
      const wait = own ? sink.filled(bytes) : pour(sink, from.subarray(0, bytes));
      if (left === 0) {
        Promise.resolve(wait).then(resolve, reject);
        lane.take = () => false;
        return false;
      }
      if (!wait) return true;
      lane.held = true;
      wait.then(() => {
        lane.held = false;
        socket.resume();
      }, reject);
      return false;
    };
    socket.resume();
    await promise;
  } finally {
    socket.off('close', onBreak);
    answer.off('error', reject);
    answer.destroy();
    socket.destroy();
  }
}
