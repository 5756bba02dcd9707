import * as build from '@madang/core/dsp/build.ts';
import type { Hono } from 'hono';
import type { Context } from '../context.ts';
import { process } from '../protocol/mount.ts';
import { arriveEvent } from './accept.ts';
import { arriveAgreement } from './agree.ts';
import { arriveOffer, openOffer } from './offer.ts';
import { arriveRequest, openRequest } from './request.ts';
import { arriveTermination } from './terminate.ts';

export function mountNegotiation(app: Hono, ctx: Context): void {
  const { opening, message } = process(app, ctx, '/negotiations', {
    protocol: 'negotiation',
    error: 'ContractNegotiationError',
    answer: (about) => build.contractNegotiation(about as never),
  });
  opening('/request', 'ContractRequestMessage', openRequest);
  opening('/offers', 'ContractOfferMessage', openOffer);
  message('/request', 'ContractRequestMessage', arriveRequest);
  message('/offers', 'ContractOfferMessage', arriveOffer);
  message('/agreement', 'ContractAgreementMessage', arriveAgreement);
  message('/agreement/verification', 'ContractAgreementVerificationMessage', () => ({}));
  message('/events', 'ContractNegotiationEventMessage', arriveEvent);
  message('/termination', 'ContractNegotiationTerminationMessage', arriveTermination);
}
