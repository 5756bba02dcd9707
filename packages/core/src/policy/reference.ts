import { EDC } from '../dsp/terms.ts';
import { evaluate } from './evaluate.ts';
import type { Evidence, Operator } from './model.ts';
import type { Operand } from './operands/operand.ts';
import { OPERANDS, ruleOf } from './operands.ts';
import { parsePolicy } from './parse.ts';
import { PURPOSES } from './purposes.ts';

const NOBODY: Evidence = { partner: 'did:web:other.example', groups: [], memberships: [], at: '2026-11-23T09:00:00+09:00' };

/** The reference page of what policies can ask, in Markdown, from the tables that enforce it. */
export function describePolicies(): string {
  return [
    '# Policies',
    '',
    'A policy is an ODRL rule set: one permission to `use`, whose constraints must all hold (a list, or nested in `and`).',
    'Only what stands here is enforced, and only that is accepted: any other operand, operator, value, action, property, prohibition,',
    'obligation, `or`, `xone` or `andSequence` is refused with `policy_not_enforced`, and allows nothing if it is met in stored data.',
    'Who may see an offer (열람 정책) and what is agreed (이용 정책) are two policies of this language.',
    '',
    table(
      ['leftOperand', '이름', 'Name', 'Operators', 'rightOperand', 'Decided by', 'What it takes'],
      OPERANDS.map((o) => [
        code(o.term),
        o.label.ko,
        o.label.en,
        Object.keys(o.operators).map(code).join(', '),
        o.value.en,
        o.evidence.en,
        o.asks.en,
      ]),
    ),
    '',
    '## Spellings',
    '',
    'Each of these is read as the same operand. Of a list with one value, the value alone is read too.',
    '',
    table(
      ['leftOperand', 'Also read'],
      OPERANDS.map((o) => [code(o.term), [o.iri, EDC + o.term, ...o.aliases].map(code).join(' ')]),
    ),
    '',
    '## Sentences',
    '',
    'How a clause reads, and what the refused side is told. Days are whole days in Seoul (UTC+9).',
    '',
    table(
      ['Clause', '읽기', 'Reads', '거절', 'Refusal'],
      OPERANDS.flatMap((o) => Object.keys(o.operators).map((op) => sentences(o, op as Operator))),
    ),
    '',
    '## Purposes',
    '',
    table(
      ['Purpose', '이름', 'Name'],
      PURPOSES.map((p) => [code(p.id), p.label.ko, p.label.en]),
    ),
    '',
  ].join('\n');
}

function sentences(operand: Operand, operator: Operator): string[] {
  const rule = ruleOf(operand, operator)!;
  const constraint = { leftOperand: operand.term, operator, rightOperand: rule.many ? [operand.example] : operand.example };
  const policy = parsePolicy({ permission: { action: 'use', constraint } });
  const failing = [NOBODY, { ...NOBODY, partner: operand.example, groups: [operand.example], at: '2027-01-05T09:00:00+09:00' }]
    .map((evidence) => evaluate(policy, evidence))
    .find((verdict) => !verdict.allowed);
  const text = failing?.allowed === false ? failing.failures[0]!.text : { ko: '', en: '' };
  const reads = rule.reads([operand.example], () => undefined);
  return [code(`${operand.term} ${operator} ${JSON.stringify(constraint.rightOperand)}`), reads.ko, reads.en, text.ko, text.en];
}

const code = (s: string): string => `\`${s}\``;
const row = (cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
