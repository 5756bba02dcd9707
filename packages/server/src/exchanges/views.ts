import type { ExchangeAction, ExchangeView, PolicyView, StepView } from '@madang/core/api/views.ts';
import type { Policy as Terms } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Policy } from '@madang/core/policy/model.ts';
import { parsePolicy } from '@madang/core/policy/parse.ts';
import { toUtc } from '@madang/core/time.ts';
import { contentOf } from '../negotiation/content.ts';
import type { StepRow } from '../protocol/find.ts';
import { ended } from '../protocol/table.ts';
import type { Exchange } from '../protocol/types.ts';
import { isEndless } from '../transfer/content.ts';

/** What a person of this side can do in a state. */
export function actionsFor(exchange: Exchange): ExchangeAction[] {
  const { protocol, role, state, content } = exchange;
  const fixed: Partial<Record<string, ExchangeAction[]>> = {
    'negotiation provider REQUESTED': ['agree', 'offer', 'terminate'],
    'negotiation consumer OFFERED': ['accept', 'request', 'terminate'],
    'transfer provider STARTED': ['suspend', 'complete', 'terminate'],
    'transfer consumer STARTED': isEndless(exchange) ? ['suspend', 'complete', 'terminate'] : ['suspend', 'terminate'],
    'transfer provider SUSPENDED': ['start', 'terminate'],
    'transfer consumer SUSPENDED': ['start', 'terminate'],
  };
  const known = fixed[`${protocol} ${role} ${state}`];
  if (known) return known.filter((action) => action !== 'request' || (content as { asked?: unknown }).asked !== undefined);
  return protocol === 'negotiation'
    ? state === 'FINALIZED' || state === 'TERMINATED'
      ? []
      : ['terminate']
    : state === 'REQUESTED'
      ? ['terminate']
      : [];
}

/** Who must act for it to go on; null when it is at an end or goes on by itself. */
export function waitingFor(exchange: Exchange): 'me' | 'them' | null {
  if (ended(exchange)) return null;
  const actions = actionsFor(exchange);
  if (actions.includes('agree') || actions.includes('accept')) return 'me';
  return exchange.protocol === 'transfer' && exchange.state === 'STARTED' ? null : 'them';
}

export function viewExchange(exchange: Exchange, name: (did: string) => string): ExchangeView {
  const { id, protocol, role, peer, dataset, title, state, started_at, updated_at, agreement, reasons } = exchange;
  return {
    id,
    protocol,
    role,
    partner: { did: peer, name: name(peer) },
    dataset,
    title,
    state,
    waitingFor: waitingFor(exchange),
    startedAt: toUtc(started_at),
    updatedAt: toUtc(updated_at),
    agreement,
    reasons,
  };
}

export function viewStep(row: StepRow, before: StepRow | undefined): StepView {
  const { seq, at, message, sender, state, reasons, tries, error } = row;
  return {
    seq,
    at,
    message,
    sender,
    state,
    reasons,
    after: before ? Date.parse(at) - Date.parse(before.at) : null,
    pending: tries === null ? null : { tries, last: error },
  };
}

/** The terms of an exchange, readable also when they hold rules that we do not know. */
export function viewTerms(terms: Terms, read: (policy: Policy) => PolicyView): PolicyView {
  try {
    return read(parsePolicy(terms));
  } catch (error) {
    if (!(error instanceof MadangError)) throw error;
    return { odrl: terms, sentence: error.text };
  }
}

export const termsOn = (exchange: Exchange): Terms => contentOf(exchange).terms;
