import { MadangError } from '../error.ts';
import type { Text } from '../text.ts';
import { type Clause, clauses, type Evidence, type NameOf, type Policy, valuesOf } from './model.ts';
import type { FailureCode, Refusal } from './operands/operand.ts';
import { operandOf, readClause, ruleOf } from './operands.ts';
import { parsePolicy } from './parse.ts';
import { joined } from './words.ts';

export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly failures: readonly Failure[] };

/** One clause that does not hold. `found` and `required` are for the owner of the policy: they may name third parties. */
export interface Failure {
  readonly code: FailureCode;
  /** JSON path of the clause in the policy. */
  readonly clause: string;
  readonly operand: string | null;
  readonly found: string | null;
  readonly required: Text;
  /** What was wanted, which rule says no, what was found, what would change it, whom to ask. Names no third party. */
  readonly text: Text;
  readonly change: Text;
}

/** What the refused side is told. */
export type Reason = Pick<Failure, 'code' | 'clause' | 'operand' | 'text' | 'change'>;

/** Names that sentences use. */
export interface Words {
  /** What is asked for, for example a product's footprint. */
  readonly wanted?: Text;
  readonly provider?: Text;
  readonly nameOf?: NameOf;
}

/**
 * Whether the evidence satisfies every clause; each clause that fails is listed. Pure, and total for any JSON value:
 * one that `parsePolicy` did not make is read first, so that a rule which is not enforced allows nothing, wherever it came from.
 */
export function evaluate(policy: Policy, evidence: Evidence, words: Words = {}): Verdict {
  let read: Policy;
  try {
    read = parsePolicy(policy);
  } catch (error) {
    if (!(error instanceof MadangError)) throw error;
    return { allowed: false, failures: [unreadable(error, words)] };
  }
  const failures = clauses(read).flatMap((clause) => judge(clause, evidence, words) ?? []);
  return failures.length === 0 ? { allowed: true } : { allowed: false, failures };
}

/** What of the failures the refused side is told: never the values of a clause, never how it is grouped. */
export const reasons = (failures: readonly Failure[]): Reason[] =>
  failures.map(({ code, clause, operand, text, change }) => ({ code, clause, operand, text, change }));

function judge({ path, constraint }: Clause, evidence: Evidence, words: Words): Failure | null {
  const refusal = ruleOf(operandOf(constraint.leftOperand)!, constraint.operator)!.refuses(valuesOf(constraint), evidence);
  if (refusal === null) return null;
  const required = readClause(constraint, words.nameOf ?? (() => undefined))!;
  return failure(refusal, path, constraint.leftOperand, required, words);
}

function failure(r: Refusal, clause: string, operand: string | null, required: Text, words: Words): Failure {
  const parts = [wanted(words), r.rule, r.seen, r.change, ...(r.ask ? [whomToAsk(r.ask, words)] : [])];
  return { code: r.code, clause, operand, found: r.found, required, text: joined(parts, ' '), change: r.change };
}

function wanted({ wanted: what }: Words): Text {
  return what
    ? { ko: `${what.ko} 데이터를 받을 수 없습니다.`, en: `You cannot have the data "${what.en}".` }
    : { ko: '이 데이터를 받을 수 없습니다.', en: 'You cannot have this data.' };
}

function whomToAsk(ask: 'provider' | 'operator', { provider }: Words): Text {
  return ask === 'operator'
    ? { ko: '운영기관에 문의하세요.', en: 'Ask the operator.' }
    : { ko: `${provider?.ko ?? '제공 기업'}에 문의하세요.`, en: `Ask ${provider?.en ?? 'the provider'}.` };
}

function unreadable(error: MadangError, words: Words): Failure {
  const { path } = error.data as { path: string };
  const refusal: Refusal = {
    code: 'rule_not_enforced',
    found: error.text.en,
    rule: { ko: '제공 기업의 정책에 지킬 수 없는 규칙이 있습니다.', en: "The provider's policy holds a rule that cannot be enforced." },
    seen: { ko: '그래서 귀사의 조건을 확인하지 못했습니다.', en: 'So your side could not be checked against it.' },
    change: { ko: '제공 기업이 정책을 고치면 받을 수 있습니다.', en: 'If the provider corrects the policy, you can have it.' },
    ask: 'provider',
  };
  return failure(refusal, path, null, error.text, words);
}
