import { anything, atLeastOne, either, exactlyOne, list, object, ref, type Schema, text, without, word } from './notation.ts';

const OPERATORS = ['eq', 'neq', 'gt', 'gteq', 'lt', 'lteq', 'term-lteq', 'isA', 'hasPart', 'isPartOf', 'isAllOf', 'isAnyOf', 'isNoneOf'];

// The published pattern is not anchored, so any text that contains a dateTime passes. Kept, or we would refuse what others accept.
const CONTAINS_DATE_TIME = String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(([01]\d|2[0-3]):[0-5]\d:[0-5]\d|24:00:00)`;

const RULES = { permission: list(ref('Rule')), prohibition: list(ref('Rule')), obligation: list(ref('Rule')) };
const POLICY = { '@id*': text, profile: either(list(text, 0), text), ...RULES };
const hasRule = atLeastOne('permission', 'prohibition');
const constraints = list(ref('Constraint'), 0);

/**
 * What the specification lets a policy say. Properties that it does not name (`duty`, `remedy`, `unit`, …) pass here;
 * whoever evaluates a policy must look at them and refuse what is not enforced.
 */
export const POLICY_SCHEMAS: Record<string, Schema> = {
  MessageOffer: object({ ...POLICY, '@type*': word('Offer'), target: text }, hasRule),
  Offer: object({ ...POLICY, '@type': word('Offer') }, hasRule, without('target')),
  Agreement: object(
    {
      ...POLICY,
      '@type*': word('Agreement'),
      'target*': text,
      'assigner*': text,
      'assignee*': text,
      timestamp: { type: 'string', pattern: CONTAINS_DATE_TIME },
    },
    hasRule,
  ),
  Rule: object({ 'action*': text, constraint: constraints }),
  Constraint: either(ref('LogicalConstraint'), ref('AtomicConstraint')),
  LogicalConstraint: object(
    { and: constraints, andSequence: constraints, or: constraints, xone: constraints },
    exactlyOne('and', 'andSequence', 'or', 'xone'),
  ),
  AtomicConstraint: object({
    'leftOperand*': text,
    'operator*': word(...OPERATORS),
    'rightOperand*': either(text, { type: 'object' }, list(anything, 0)),
  }),
};
