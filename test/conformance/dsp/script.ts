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

export interface ScriptOptions {
  /** Milliseconds before everything that a house does; when left out, what follows from a message is stored with it and sent at once. */
  readonly pause?: number;
  /** Told of a line that could not be played, with the dataset or agreement; when left out, it fails the test as an unhandled rejection. */
  readonly onFault?: (error: unknown, about: string) => void;
}

export interface Scripted {
  readonly reactions: Reactions;
  /** To be called when a house has opened an exchange by itself. */
  opened(ctx: Context, house: House, id: string): Promise<void>;
}

/**
 * Houses that play scripts, by dataset of a negotiation or agreement of a transfer, or by `participant/` and one of these. What follows from a move of
 * their own always comes after a pause, like the decision of a person.
 */
export function scripted(scripts: ReadonlyMap<string, readonly Line[]>, { pause, onFault }: ScriptOptions = {}): Scripted {
  const done = new Map<string, number>();
  const acting = new Set<string>();

  /** The next line of an exchange's script when it is in the state for it; each line is given once. */
  function take({ participant, id, agreement, dataset, state }: Exchange): Line | undefined {
    const keys = [agreement, dataset].flatMap((about) => [`${participant}/${about}`, String(about)]);
    const script = keys.map((key) => scripts.get(key)).find((found) => found !== undefined);
    const line = script?.[done.get(id) ?? 0];
    if (line?.state !== state) return undefined;
    done.set(id, (done.get(id) ?? 0) + 1);
    return line;
  }

  const react: Reactions['negotiation'] = async (ctx, house, exchange) => {
    const line = take(exchange);
    if (!line) return [];
    if (pause !== undefined || acting.has(exchange.id)) {
      later(ctx, house, exchange, line);
      return [];
    }
    const move = moveFor(ctx, house, exchange, line.action);
    const then = take({ ...exchange, state: move.to });
    if (then) later(ctx, house, exchange, then);
    return [move];
  };

  function later(ctx: Context, house: House, exchange: Exchange, line: Line): void {
    void act(ctx, house, exchange.id, line).catch((error: unknown) => {
      if (!onFault) throw error;
      onFault(error, exchange.agreement ?? exchange.dataset);
    });
  }

  async function act(ctx: Context, house: House, id: string, { state, action }: Line): Promise<void> {
    for (let pauses = 0; pauses < 100; pauses++) {
      await sleep(pause ?? PAUSE);
      // The message that leads to the state may take longer than the pause to be stored.
      const exchange = await findExchange(ctx, house, id);
      if (exchange?.state !== state) continue;
      acting.add(id);
      await perform(ctx, house, exchange, moveFor(ctx, house, exchange, action)).finally(() => acting.delete(id));
      return;
    }
    throw new Error(`${id} was not ${state}: it could not ${action}`);
  }

  return {
    reactions: { negotiation: react, transfer: react, pull: async () => ({ result: 'done' }) },
    async opened(ctx, house, id) {
      const exchange = await findExchange(ctx, house, id);
      const line = exchange && take(exchange);
      if (line) later(ctx, house, exchange, line);
    },
  };
}

/** A move of a house's own, by the word of a script. */
export function moveFor(ctx: Context, house: House, exchange: Exchange, action: string): Move {
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
      return sendStart(ctx, house, exchange);
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
