import { MadangError } from '../error.ts';
import { isDay } from '../time.ts';
import { dayAfter, dayStartingAt } from './instant.ts';
import { type AtomicConstraint, clauses, type Operator, type Policy, valuesOf } from './model.ts';
import { parsePolicy } from './parse.ts';

/** The blanks that a person fills. Days are whole days in Seoul, `YYYY-MM-DD`; both the first and the last day belong to the period. */
export interface Choices {
  readonly partners?: readonly string[];
  readonly groups?: readonly string[];
  readonly members?: boolean;
  readonly purposes?: readonly string[];
  readonly from?: string;
  readonly until?: string;
}

const BLANKS = ['partners', 'groups', 'members', 'purposes', 'from', 'until'] as const;
const LISTS = { partners: 'Partner', groups: 'PartnerGroup', purposes: 'UsagePurpose' } as const;
const MIDNIGHT = 'T00:00:00+09:00';

/**
 * The policy that filled blanks stand for. A blank that is left out asks nothing; an empty list is an error, not "nobody" or "anybody".
 * Errors: `policy_malformed`, `policy_not_enforced`; `data.path` names the blank or the clause.
 */
export function fromChoices(choices: Choices): Policy {
  const { members, from, until } = choices;
  const unknown = Object.keys(choices).find((key) => !(BLANKS as readonly string[]).includes(key));
  if (unknown) throw wrong(unknown, '아는 항목이 아닙니다. 지우세요.', 'This is not a known blank. Remove it.');
  const constraint: AtomicConstraint[] = [];
  const add = (leftOperand: string, operator: Operator, rightOperand: string | readonly string[]) =>
    constraint.push({ leftOperand, operator, rightOperand });

  for (const blank of ['partners', 'groups'] as const) if (choices[blank]) add(LISTS[blank], 'isAnyOf', filled(blank, choices[blank]));
  if (members !== undefined && typeof members !== 'boolean') throw wrong('members', 'true나 false로 쓰세요.', 'Write true or false.');
  if (members) add('Membership', 'eq', 'active');
  if (choices.purposes) add(LISTS.purposes, 'isAnyOf', filled('purposes', choices.purposes));
  for (const blank of ['from', 'until'] as const) {
    if (choices[blank] !== undefined && !isDay(choices[blank]))
      throw wrong(blank, '날짜를 2026-12-31처럼 쓰세요.', 'Write the day like 2026-12-31.');
  }
  if (from && until && until < from)
    throw wrong('until', '끝나는 날이 시작하는 날보다 앞섭니다. 날짜를 바꾸세요.', 'The last day is before the first. Change one of them.');
  if (from) add('dateTime', 'gteq', from + MIDNIGHT);
  if (until) add('dateTime', 'lt', dayAfter(until, 1) + MIDNIGHT);
  return parsePolicy({ permission: [constraint.length > 0 ? { action: 'use', constraint } : { action: 'use' }] });
}

/** The blanks that stand for exactly this policy, or null when no filling of them does: it is then shown in words, not in blanks. */
export function toChoices(policy: Policy): Choices | null {
  if (policy.profile) return null;
  const filledIn: { -readonly [K in keyof Choices]: Choices[K] } = {};
  for (const { constraint } of clauses(policy)) {
    const blank = blankOf(constraint);
    if (blank === null || Object.keys(blank).some((key) => key in filledIn)) return null;
    Object.assign(filledIn, blank);
  }
  return filledIn.from && filledIn.until && filledIn.until < filledIn.from ? null : filledIn;
}

function blankOf(c: AtomicConstraint): Choices | null {
  const values = [...new Set(valuesOf(c))];
  const positive = c.operator === 'isAnyOf' || c.operator === 'eq';
  const day = dayStartingAt(values[0]!);
  switch (c.leftOperand) {
    case 'Partner':
      return positive ? { partners: values } : null;
    case 'PartnerGroup':
      return positive ? { groups: values } : null;
    case 'UsagePurpose':
      return positive ? { purposes: values } : null;
    case 'Membership':
      return { members: true };
    case 'dateTime':
      if (day === null) return null;
      if (c.operator === 'gteq') return { from: day };
      return c.operator === 'lt' ? { until: dayAfter(day, -1) } : null;
    default:
      return null;
  }
}

function filled(blank: keyof typeof LISTS, values: readonly string[]): readonly string[] {
  if (!Array.isArray(values) || values.length === 0)
    throw wrong(blank, '하나 이상 고르거나 비워 두세요.', 'Choose at least one, or leave the blank out.');
  return [...new Set(values)];
}

function wrong(blank: string, ko: string, en: string): MadangError {
  return new MadangError('policy_malformed', { values: { path: blank, ko, en }, data: { path: blank } });
}
