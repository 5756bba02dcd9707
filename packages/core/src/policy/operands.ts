import { EDC } from '../dsp/terms.ts';
import type { Text } from '../text.ts';
import { type AtomicConstraint, type NameOf, valuesOf } from './model.ts';
import { dateTime } from './operands/date-time.ts';
import { membership } from './operands/membership.ts';
import { MADANG, type Operand, type OperatorRule } from './operands/operand.ts';
import { partner } from './operands/partner.ts';
import { partnerGroup } from './operands/partner-group.ts';
import { usagePurpose } from './operands/usage-purpose.ts';

/** All that is enforced. What is not in this table is refused when it is written, and allows nothing when it is met. */
export const OPERANDS: readonly Operand[] = [partner, partnerGroup, membership, usagePurpose, dateTime];

const BY_SPELLING = new Map(
  // A bare term that is copied from our catalogue into Eclipse EDC's management interface is in EDC's namespace from then on.
  OPERANDS.flatMap((o) =>
    [o.term, o.iri, o.iri.replace(MADANG, 'madang:'), EDC + o.term, ...o.aliases].map((spelling) => [spelling, o] as const),
  ),
);

/** The left operand of a bare term, prefixed term or full IRI. */
export const operandOf = (spelling: string): Operand | undefined => BY_SPELLING.get(spelling);

/** What enforces this pair, or undefined: not enforced. */
export function ruleOf(operand: Operand, operator: string): OperatorRule | undefined {
  return Object.hasOwn(operand.operators, operator) ? operand.operators[operator as keyof Operand['operators']] : undefined;
}

/** A clause as a piece of a sentence: `only A and B`. Undefined for a clause that is not enforced. */
export function readClause(c: AtomicConstraint, nameOf: NameOf): Text | undefined {
  const operand = operandOf(c.leftOperand);
  return operand && ruleOf(operand, c.operator)?.reads(valuesOf(c), nameOf);
}
