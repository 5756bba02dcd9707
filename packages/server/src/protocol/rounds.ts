import type { Protocol, Reason } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { reasonOf } from './reasons.ts';
import type { Exchange } from './types.ts';

/** Lines of a history: fifty offers and as many answers; for a transfer, which may be paused and resumed for years, a hundred times that. */
const MOST: Readonly<Record<Protocol, number>> = { negotiation: 100, transfer: 10_000 };

/** Why an exchange that leads nowhere is ended; undefined while it may go on. Two sides that answer each other by themselves would never stop. */
export const endless = ({ protocol, steps }: Exchange): Reason | undefined =>
  steps < MOST[protocol] ? undefined : reasonOf(new MadangError('too_many_rounds', { values: { limit: MOST[protocol] } }));
