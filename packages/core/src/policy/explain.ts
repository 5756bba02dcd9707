import type { Text } from '../text.ts';
import { clauses, type NameOf, type Policy } from './model.ts';
import { OPERANDS, readClause } from './operands.ts';
import { joined } from './words.ts';

export { type Choices, fromChoices, toChoices } from './choices.ts';

const ANYONE: Text = { ko: '조건 없이 누구나', en: 'Anyone, without conditions' };

/** Operands in the order of their table, operators in the order in which each lists them: who, what for, from, until. */
const RANK = new Map(OPERANDS.flatMap((o) => Object.keys(o.operators).map((op) => `${o.term} ${op}`)).map((k, i) => [k, i]));

/** A policy in plain words: `Only A and B, only for the battery passport, until 31 Dec 2026`. The order of its clauses does not matter. */
export function sentence(policy: Policy, nameOf: NameOf = () => undefined): Text {
  const parts = clauses(policy)
    .map(({ constraint: c }) => ({ rank: RANK.get(`${c.leftOperand} ${c.operator}`) ?? RANK.size, text: readClause(c, nameOf)! }))
    .sort((a, b) => a.rank - b.rank || (a.text.en < b.text.en ? -1 : 1));
  if (parts.length === 0) return ANYONE;
  const { ko, en } = joined(
    parts.map((p) => p.text),
    ', ',
  );
  return { ko, en: en.charAt(0).toUpperCase() + en.slice(1) };
}
