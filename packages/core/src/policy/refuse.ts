import { MadangError } from '../error.ts';
import type { Text } from '../text.ts';
import { OPERANDS } from './operands.ts';

/** The clause that a policy is refused for, as it was written. */
export interface WrittenClause {
  readonly leftOperand?: unknown;
  readonly operator?: unknown;
  readonly rightOperand?: unknown;
}

/** All that can be enforced, by term with its operators: sent with every refusal of a rule. */
export const ENFORCED = OPERANDS.map((o) => ({ leftOperand: o.term, operators: Object.keys(o.operators), label: o.label }));

/** Error `policy_malformed`: it has no meaning. `data.path` names the place. */
export function malformed(path: string, text: Text, clause: WrittenClause = {}): MadangError {
  return new MadangError('policy_malformed', { values: { path, ...text }, data: { path, ...clause } });
}

/** Error `policy_not_enforced`: it may have a meaning, but nothing here keeps it. `data.enforced` says what is kept. */
export function notEnforced(path: string, text: Text, clause: WrittenClause = {}): MadangError {
  return new MadangError('policy_not_enforced', { values: { path, ...text }, data: { path, ...clause, enforced: ENFORCED } });
}
