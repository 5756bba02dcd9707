/** The four messages, each sent to the path of its name. */
export type Word = 'request' | 'agreement' | 'verification' | 'finalized';

export interface Message {
  readonly '@type': string;
  readonly '@id': string;
  readonly providerPid?: string;
  readonly consumerPid?: string;
  readonly [field: string]: unknown;
}

/** A step: what a message leads to, and the message that follows from it. `request` is taken by the provider, who has agreed at once. */
export const STEPS = {
  request: { from: null, to: 'AGREED', seq: 1, next: 'agreement' },
  agreement: { from: 'REQUESTED', to: 'VERIFIED', seq: 2, next: 'verification' },
  verification: { from: 'AGREED', to: 'FINALIZED', seq: 2, next: 'finalized' },
  finalized: { from: 'VERIFIED', to: 'FINALIZED', seq: 3, next: undefined },
} as const satisfies Record<Word, { from: string | null; to: string; seq: number; next: Word | undefined }>;

const CONTEXT = ['https://w3id.org/dspace/2025/1/context.jsonld'];
const terms = (type: 'Offer' | 'Agreement', id: string) => ({
  '@id': id,
  '@type': type,
  target: 'urn:floor:dataset',
  permission: [{ action: 'use', constraint: [{ leftOperand: 'dateTime', operator: 'lt', rightOperand: '2030-01-01T00:00:00+09:00' }] }],
});

interface Pids {
  readonly providerPid?: string;
  readonly consumerPid?: string;
}

/** Messages of the size that the Dataspace Protocol gives them. `id`: unique to the message. */
export function build(word: Word, id: string, pids: Pids, callback: string): Message {
  const head = { '@context': CONTEXT, '@id': id, ...pids };
  switch (word) {
    case 'request':
      return { ...head, '@type': 'ContractRequestMessage', offer: terms('Offer', 'urn:floor:offer'), callbackAddress: callback };
    case 'agreement':
      return {
        ...head,
        '@type': 'ContractAgreementMessage',
        callbackAddress: callback,
        agreement: {
          ...terms('Agreement', `${id}:agreement`),
          assigner: 'did:web:provider',
          assignee: 'did:web:consumer',
          timestamp: new Date().toISOString(),
        },
      };
    case 'verification':
      return { ...head, '@type': 'ContractAgreementVerificationMessage' };
    case 'finalized':
      return { ...head, '@type': 'ContractNegotiationEventMessage', eventType: 'FINALIZED' };
  }
}
