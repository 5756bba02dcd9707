import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { UNHELD } from '../db/alone.ts';
import type { Store } from '../db/store.ts';
import type { House, Houses } from '../participants/houses.ts';
import type { Reaches } from '../participants/reach.ts';
import { openRecent } from '../protocol/recent.ts';
import type { Exchange } from '../protocol/types.ts';
import { openChanges } from './changes.ts';
import type { Attempt } from './delivery.ts';
import { type Outgoing, openDispatcher } from './dispatcher.ts';

export const house = { id: 'maker', did: 'did:web:maker.example' } as House;
export const houses = { all: () => [house] } as unknown as Houses;
export const out = (id: string, more: Partial<Outgoing> = {}): Outgoing => ({
  id,
  kind: 'message',
  path: '/x/:pid',
  body: {},
  exchange: 'x',
  peer: 'did:web:peer.example',
  peerPid: 'pid',
  peerAddress: 'https://peer.example',
  opens: false,
  tries: 0,
  ...more,
});
export const DONE: Attempt = { result: 'done' };
export const TEXT = { ko: '가', en: 'a' };
export const AGAIN: Attempt = { result: 'again', error: TEXT };

interface Call {
  readonly fn: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails when it is not there
  readonly argument: any; // oxlint-disable-line typescript/no-explicit-any
}

/** A dispatcher over a store that only notes what it is told; `deliver` is the peer. */
export function open(
  deliver: (out: Outgoing) => Promise<Attempt> | Attempt,
  {
    pending = [] as readonly { id: string }[],
    exchange = null as Partial<Exchange> | null,
    hold = UNHELD,
    gone = (id: string): boolean => id === '',
  } = {},
) {
  const calls: Call[] = [];
  const over = new Set<string>();
  const store = {
    together: (fn: string, participant: string, argument: unknown): Promise<unknown> => store.call(fn, participant, argument),
    async call(fn: string, _participant: string, argument: unknown) {
      calls.push({ fn, argument });
      if (fn === 'exchange_delivered') for (const { id } of argument as { id: string }[]) over.add(id);
      if (fn === 'outbox_left') return pending.filter(({ id }) => !over.has(id));
      if (fn === 'outbox_pending') {
        const { after, limit } = argument as { after: string; limit: number };
        return pending.filter(({ id }) => id > after).slice(0, limit);
      }
      if (fn === 'outbox_read' && (gone((argument as { id: string }).id) || over.has((argument as { id: string }).id))) return null;
      if (fn === 'outbox_read') return pending.find(({ id }) => id === (argument as { id: string }).id) ?? null;
      if (fn === 'exchange_read') return exchange;
      return { state: 'TERMINATED' };
    },
  } as unknown as Store;
  const changes = openChanges();
  const recent = openRecent();
  const sent: string[] = [];
  const both = async (_: House, one: Outgoing) => {
    sent.push(one.id);
    return deliver(one);
  };
  const reach: string[] = [];
  const reaches = {
    met: (_: string, did: string) => void reach.push(`met ${did}`),
    missed: (_: string, did: string) => void reach.push(`missed ${did}`),
  } as unknown as Reaches;
  const log = pino({ level: 'silent' });
  const dispatcher = openDispatcher({ store, hold, recent, changes, reaches, log, deliver: { message: both, pull: both, push: both } });
  return {
    dispatcher,
    calls,
    sent,
    reach,
    changes,
    recent,
    of: (fn: string) => calls.filter((call) => call.fn === fn).map(({ argument }) => argument),
  };
}
export const until = async (ready: () => boolean) => {
  for (const end = performance.now() + 3_000; !ready(); await sleep(2)) if (performance.now() > end) throw new Error('it did not come');
};

export const row = (id: string, more: object = {}) => ({
  id,
  kind: 'message',
  path: '/negotiations/:pid/events',
  body: {},
  exchange: 'x',
  peer: 'did:web:peer.example',
  peer_pid: 'pid',
  peer_address: 'https://peer.example',
  purpose: null,
  created_at: `2026-01-01T00:00:00.${id}`,
  ...more,
});
