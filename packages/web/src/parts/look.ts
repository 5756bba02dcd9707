import type { ChainState, ExchangeView, LineStatus, Reach, Todo } from '@madang/core/api/views.ts';

/** The six looks that every state on every screen is drawn with: colour, shape and word. */
export const LOOKS = ['force', 'mine', 'theirs', 'stopped', 'private', 'assumed'] as const;
export type Look = (typeof LOOKS)[number];

const DONE = new Set(['FINALIZED', 'COMPLETED', 'STARTED']);

/** How a negotiation or a transfer looks to the side that sees it. */
export function lookOfExchange({ state, waitingFor }: Pick<ExchangeView, 'state' | 'waitingFor'>): Look {
  if (state === 'TERMINATED') return 'stopped';
  if (waitingFor === 'me') return 'mine';
  return DONE.has(state) ? 'force' : 'theirs';
}

export const LOOK_OF_CHAIN: Readonly<Record<ChainState, Look>> = {
  self: 'force',
  received: 'force',
  waiting: 'theirs',
  refused: 'stopped',
  missing: 'mine',
  private: 'private',
};

export const LOOK_OF_LINE: Readonly<Record<LineStatus, Look>> = {
  received: 'force',
  own: 'force',
  waiting: 'theirs',
  refused: 'stopped',
  unreachable: 'stopped',
  not_offered: 'mine',
  not_asked: 'mine',
  no_source: 'mine',
};

export const LOOK_OF_TODO: Readonly<Record<Todo['kind'], Look>> = {
  answer: 'mine',
  refused: 'stopped',
  failed: 'stopped',
  missing: 'mine',
};

export const LOOK_OF_REACH: Readonly<Record<Reach['state'], Look>> = { reached: 'force', unreachable: 'stopped', unknown: 'assumed' };
