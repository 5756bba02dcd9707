import type { Text } from '../../text.ts';
import type { Evidence, NameOf, Operator } from '../model.ts';

/** Why a clause does not hold; the parts of the sentence that the refused side reads. They name no third party. */
export interface Refusal {
  readonly code: FailureCode;
  /** The evidence that was looked at, as data, for the owner of the policy. */
  readonly found: string | null;
  readonly rule: Text;
  readonly seen: Text;
  readonly change: Text;
  /** Who can be asked; nobody where only waiting helps. */
  readonly ask: 'provider' | 'operator' | null;
}

export const FAILURE_CODES = [
  'partner_not_named',
  'partner_excluded',
  'group_not_named',
  'group_excluded',
  'membership_missing',
  'membership_not_yet',
  'membership_ended',
  'purpose_missing',
  'purpose_not_allowed',
  'too_early',
  'too_late',
  'time_unknown',
  'rule_not_enforced',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export interface OperatorRule {
  /** The right operand is a list of values, else exactly one. */
  readonly many: boolean;
  /** The clause as a piece of a sentence without a verb, for example `until 31 Dec 2026`. */
  reads(values: readonly string[], nameOf: NameOf): Text;
  /** Null when the clause holds. Never throws; evidence that is absent or unreadable never holds. */
  refuses(values: readonly string[], evidence: Evidence): Refusal | null;
}

/** Why a value is not accepted: it has no meaning at all, or one that is not enforced. */
export interface ValueProblem {
  readonly code: 'policy_malformed' | 'policy_not_enforced';
  readonly text: Text;
}

/** One left operand that is enforced: everything that parsing, evaluation, sentences and the reference page know of it. */
export interface Operand {
  readonly term: string;
  readonly iri: string;
  /** Other spellings of the same meaning, as other data spaces write it. */
  readonly aliases: readonly string[];
  readonly label: Text;
  /** What a value is. */
  readonly value: Text;
  readonly example: string;
  /** What is looked at when the clause is decided. */
  readonly evidence: Text;
  /** What the side that asks has to bring, or who else has to act. */
  readonly asks: Text;
  readonly operators: Readonly<Partial<Record<Operator, OperatorRule>>>;
  valueProblem(value: string): ValueProblem | null;
  /** One spelling for values of one meaning. */
  valueKey(value: string): string;
}

/** The namespace of the terms that neither ODRL nor another data space defines. */
export const MADANG = 'urn:madang:policy:';

/** Namespaces of Catena-X policies: release Saturn, and before it. */
export const CATENA_X = ['https://w3id.org/catenax/2025/9/policy/', 'https://w3id.org/catenax/policy/', 'cx-policy:'];

export const malformed = (ko: string, en: string): ValueProblem => ({ code: 'policy_malformed', text: { ko, en } });
export const notEnforced = (ko: string, en: string): ValueProblem => ({ code: 'policy_not_enforced', text: { ko, en } });

/** For any clause that depends on time, when the time of the request cannot be read. */
export const timeUnknown: Refusal = {
  code: 'time_unknown',
  found: null,
  rule: { ko: '제공 기업은 정해진 기간에만 제공합니다.', en: 'The provider gives it only within a period.' },
  seen: { ko: '요청한 시각을 알 수 없습니다.', en: 'The time of the request is not known.' },
  change: { ko: '시각을 확인한 뒤 다시 요청하세요.', en: 'Check the clock, then ask again.' },
  ask: 'provider',
};
