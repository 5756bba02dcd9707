import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '@madang/server/context.ts';
import { sendAccepted } from '@madang/server/negotiation/accept.ts';
import { sendAgreement } from '@madang/server/negotiation/agree.ts';
import { sendFinalized } from '@madang/server/negotiation/finalize.ts';
import { sendOffer } from '@madang/server/negotiation/offer.ts';
import { counterRequest } from '@madang/server/negotiation/request.ts';
import { sendTermination as endNegotiation } from '@madang/server/negotiation/terminate.ts';
import { sendVerification } from '@madang/server/negotiation/verify.ts';
import type { House } from '@madang/server/participants/houses.ts';
import { findExchange } from '@madang/server/protocol/find.ts';
import { perform } from '@madang/server/protocol/perform.ts';
import type { Reactions } from '@madang/server/protocol/reactions.ts';
import type { Exchange, Move } from '@madang/server/protocol/types.ts';
import { sendCompletion } from '@madang/server/transfer/complete.ts';
import { sendStart } from '@madang/server/transfer/start.ts';
import { sendSuspension } from '@madang/server/transfer/suspend.ts';
import { sendTermination as endTransfer } from '@madang/server/transfer/terminate.ts';

/** What a house does when a state is reached, in this order; a state that is not next in line is left alone. */
export interface Line {
  readonly state: string;
  readonly action: string;
}

/** `REQUESTED offer, ACCEPTED agree`. */
export const parseScript = (text: string): Line[] =>
  text === '' ? [] : text.split(', ').map((line) => ({ state: line.split(' ')[0] ?? '', action: line.split(' ')[1] ?? '' }));

/** Milliseconds before a house acts on its own, where nothing that arrived asks for it. */
const PAUSE = 60;

export interface Scripted {
  readonly reactions: Reactions;
  /** To be called when a house has opened an exchange by itself. */
  opened(ctx: Context, house: House, id: string): Promise<void>;
}

/**
 * Houses that play scripts, by dataset of a negotiation or agreement of a transfer, or by `participant/` and one of these. What follows from a message is stored with it and sent at
 * once; what follows from a move of their own comes after a pause, like the decision of a person.
 */
export function scripted(scripts: ReadonlyMap<string, readonly Line[]>): Scripted {
  const done = new Map<string, number>();
  const pacing = new Set<string>();

  function nextLine({ participant, id, agreement, dataset }: Exchange): Line | undefined {
    const keys = [agreement, dataset].flatMap((about) => [`${participant}/${about}`, String(about)]);
    const script = keys.map((key) => scripts.get(key)).find((found) => found !== undefined);
    return script?.[done.get(id) ?? 0];
  }

  /** The next line of an exchange's script when it is in the state for it. */
  function take(exchange: Exchange): string | undefined {
    const line = nextLine(exchange);
    if (line?.state !== exchange.state) return undefined;
    done.set(exchange.id, (done.get(exchange.id) ?? 0) + 1);
    return line.action;
  }

  const react: Reactions['negotiation'] = async (ctx, house, exchange) => {
    const action = pacing.has(exchange.id) ? undefined : take(exchange);
    if (action === undefined) return [];
    const move = moveFor(house, exchange, action);
    if (nextLine(exchange)?.state === move.to) void pace(ctx, house, exchange.id);
    return [move];
  };

  async function pace(ctx: Context, house: House, id: string): Promise<void> {
    for (let pauses = 0; pauses < 20; pauses++) {
      await sleep(PAUSE);
      // A message that opens an exchange may take longer than the pause to be stored.
      const exchange = await findExchange(ctx, house, id);
      if (!exchange) continue;
      const action = take(exchange);
      if (action === undefined) return;
      pacing.add(id);
      await perform(ctx, house, exchange, moveFor(house, exchange, action));
      pacing.delete(id);
    }
  }

  return { reactions: { negotiation: react, transfer: react, pull: async () => ({ result: 'done' }) }, opened: pace };
}

/** A move of a house's own, by the word of a script. */
export function moveFor(house: House, exchange: Exchange, action: string): Move {
  const why = [{ code: 'scripted', text: { ko: '대본대로', en: 'As scripted' } }];
  switch (action) {
    case 'offer':
      return sendOffer(house, exchange);
    case 'request':
      return counterRequest(house, exchange);
    case 'accept':
      return sendAccepted(exchange);
    case 'agree':
      return sendAgreement(house, exchange);
    case 'verify':
      return sendVerification(exchange);
    case 'finalize':
      return sendFinalized(exchange);
    case 'start':
      return sendStart(house, exchange);
    case 'suspend':
      return sendSuspension(exchange, why);
    case 'complete':
      return sendCompletion(exchange);
    case 'terminate':
      return exchange.protocol === 'negotiation' ? endNegotiation(exchange, why) : endTransfer(exchange, why);
    default:
      throw new RangeError(`no action ${action}`);
  }
}
