import type { Agreement, MessageOffer, Offer } from '../dsp/types.ts';
import { type Fields, fieldsOf, stringOf } from './json-ld.ts';
import type { Policy } from './model.ts';
import { parsePolicy } from './parse.ts';
import { malformed } from './refuse.ts';

/** Who agreed with whom, on what, when. `timestamp` is an xsd:dateTime. */
export interface Parties {
  readonly id: string;
  readonly target: string;
  readonly assigner: string;
  readonly assignee: string;
  readonly timestamp: string;
}

/** The rules alone, as the protocol carries them; no array in it is empty. */
export const toRules = ({ profile, permission }: Policy): Pick<Policy, 'profile' | 'permission'> =>
  profile ? { profile, permission } : { permission };

/** The offer of a dataset in a catalogue; the specification forbids a target there. */
export const toOffer = (policy: Policy, id: string): Offer => ({ '@id': id, '@type': 'Offer', ...toRules(policy) });

/** The offer inside a negotiation message. */
export const toMessageOffer = (policy: Policy, id: string, target: string): MessageOffer & { readonly target: string } => ({
  '@id': id,
  '@type': 'Offer',
  target,
  ...toRules(policy),
});

export const toAgreement = (policy: Policy, { id, target, assigner, assignee, timestamp }: Parties): Agreement => ({
  '@id': id,
  '@type': 'Agreement',
  target,
  assigner,
  assignee,
  timestamp,
  ...toRules(policy),
});

/** An offer as a partner sent it. Errors `policy_malformed`, `policy_not_enforced`. */
export function fromOffer(value: unknown, where = '$'): { id: string; target: string | undefined; policy: Policy } {
  const fields = fieldsOf(value, where);
  return { id: required(fields, '@id', where), target: stringOf(fields.get('target')), policy: parsePolicy(value, where) };
}

/** An agreement as a partner sent it; the schema lets the timestamp be absent. Errors `policy_malformed`, `policy_not_enforced`. */
export function fromAgreement(value: unknown, where = '$'): Omit<Parties, 'timestamp'> & { timestamp: string | undefined; policy: Policy } {
  const fields = fieldsOf(value, where);
  const get = (name: string) => required(fields, name, where);
  return {
    id: get('@id'),
    target: get('target'),
    assigner: get('assigner'),
    assignee: get('assignee'),
    timestamp: stringOf(fields.get('timestamp')),
    policy: parsePolicy(value, where),
  };
}

function required(fields: Fields, name: string, where: string): string {
  const value = stringOf(fields.get(name));
  if (!value) throw malformed(`${where}.${name}`, { ko: `'${name}'을(를) 글자로 쓰세요.`, en: `Write "${name}" as a string.` });
  return value;
}
