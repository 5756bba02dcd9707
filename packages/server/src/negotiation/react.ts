import { samePolicy } from '@madang/core/policy/compare.ts';
import type { Evidence } from '@madang/core/policy/model.ts';
import { parsePolicy } from '@madang/core/policy/parse.ts';
import { evidenceOf, refusals, toReason } from '../catalog/evidence.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import type { Reaction } from '../protocol/reactions.ts';
import { reasonOf } from '../protocol/reasons.ts';
import { endless } from '../protocol/rounds.ts';
import type { Exchange, Move } from '../protocol/types.ts';
import { sendAccepted } from './accept.ts';
import { sendAgreement } from './agree.ts';
import { contentOf } from './content.ts';
import { sendFinalized } from './finalize.ts';
import { sendOffer } from './offer.ts';
import { sendTermination } from './terminate.ts';
import { agreementFault, sendVerification } from './verify.ts';

/** What each side does by itself in each state; in the others a person decides or the other side is awaited. */
export const reactToNegotiation: Reaction = async (ctx, house, exchange, known) => {
  switch (`${exchange.role} ${exchange.state}`) {
    case 'provider REQUESTED':
      return end(exchange) ?? answerRequest(ctx, house, exchange, known);
    case 'provider ACCEPTED':
      return [await agreeOrEnd(ctx, house, exchange)];
    case 'provider VERIFIED':
      return [sendFinalized(exchange)];
    case 'consumer OFFERED':
      return end(exchange) ?? answerOffer(exchange);
    case 'consumer AGREED':
      return [verifyOrEnd(house, exchange)];
    default:
      return [];
  }
};

/** What leads nowhere. */
function end(exchange: Exchange): Move[] | undefined {
  const reason = endless(exchange);
  return reason && [sendTermination(exchange, [reason])];
}

async function answerRequest(ctx: Context, house: House, exchange: Exchange, known: Evidence | undefined): Promise<Move[]> {
  const { terms, contract, answer } = contentOf(exchange);
  // Other terms than ours are answered with ours; whether the partner fits them is judged when it accepts.
  if (!contract || !samePolicy(terms, contract)) return [sendOffer(house, exchange)];
  return answer === 'manual' ? [] : [await agreeOrEnd(ctx, house, exchange, known)];
}

/** As provider: agrees if every clause of our terms holds for this partner now, else ends with all that do not. */
export async function agreeOrEnd(ctx: Context, house: House, exchange: Exchange, known?: Evidence): Promise<Move> {
  const { terms, purpose, memberships = [] } = contentOf(exchange);
  const evidence = known ?? (await evidenceOf(ctx, house, { did: exchange.peer, purpose, memberships }));
  const failures = refusals(parsePolicy(terms), evidence, { title: exchange.title, provider: house.name });
  return failures.length > 0 ? sendTermination(exchange, failures.map(toReason)) : sendAgreement(house, exchange);
}

/** As consumer: an offer that is just what we asked for is taken. */
function answerOffer(exchange: Exchange): Move[] {
  const { asked, terms } = contentOf(exchange);
  return asked !== undefined && samePolicy(asked, terms) ? [sendAccepted(exchange)] : [];
}

function verifyOrEnd(house: House, exchange: Exchange): Move {
  const fault = agreementFault(house, exchange);
  return fault ? sendTermination(exchange, [reasonOf(fault)]) : sendVerification(exchange);
}
