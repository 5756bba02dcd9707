import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { requestTransfer } from '@madang/server/transfer/request.ts';
import { repeat } from '../../rounds.ts';
import { listen, type Task } from './task.ts';

/** Agreements, each asked for in turn. */
export type Agreements = readonly string[];

/**
 * Transfers until the data are stored and COMPLETED. On the way, one after the other: STARTED at the consumer, and the first bytes of the data,
 * told by Node itself when the head of the provider's answer is there.
 */
export const transfer: Task<Agreements> = async (context, house, agreements) => {
  const story = listen(context, house);
  let answered = Number.NaN;
  subscribe('http.client.response.finish', (message) => {
    const { path } = (message as { request: ClientRequest }).request;
    if (Number.isNaN(answered) && path.includes('/data/')) answered = performance.now();
  });
  return async (count, atOnce) => {
    const started: number[] = [];
    const firstByte: number[] = [];
    let turn = 0;
    const one = async () => {
      answered = Number.NaN;
      const began = performance.now();
      const exchange = await requestTransfer(context, house, agreements[turn++ % agreements.length]!);
      const states = await story(exchange);
      const end = states.get('COMPLETED')!;
      started.push((states.get('STARTED') ?? end) - began);
      if (atOnce === 1) firstByte.push(answered - began);
      return end - began;
    };
    return { ...(await repeat(one, count, atOnce)), marks: { started, firstByte } };
  };
};
