import { FAILURE_CODES } from './policy/operands/operand.ts';

/** What stands behind a reason: a rule of the policy, a person, or something that does not work. */
export type Because = 'rule' | 'decision' | 'fault';

/** The code of a reason that a person gave. */
export const BY_HAND = 'by_hand';

const RULES: ReadonlySet<string> = new Set([...FAILURE_CODES, 'policy_refused', 'policy_not_enforced', 'terms_not_met']);

/**
 * What stands behind a reason, by its code; one that came from a connector of another make has a code of that one's choosing, which is taken for a
 * fault unless it names a policy. EDC has no codes of its own: it ends with the text of the error alone.
 */
export function becauseOf(code: string): Because {
  if (code === BY_HAND) return 'decision';
  if (RULES.has(code)) return 'rule';
  return code !== 'policy_malformed' && /polic(y|ies)/i.test(code) ? 'rule' : 'fault';
}
