import { MadangError } from '@madang/core/error.ts';
import { didKey } from '@madang/core/policy/did.ts';
import { evaluate } from '@madang/core/policy/evaluate.ts';
import { fromChoices } from '@madang/core/policy/explain.ts';
import { instantKey } from '@madang/core/policy/instant.ts';
import { type AtomicConstraint, clauses, type Evidence, type Policy, valuesOf } from '@madang/core/policy/model.ts';
import { parsePolicy } from '@madang/core/policy/parse.ts';

/** What an access policy asks at least, in the columns of its listing: null asks nothing. Times in ms since 1970, finer digits cut off. */
export interface Sieve {
  readonly see_partners: readonly string[] | null;
  readonly see_not_partners: readonly string[] | null;
  readonly see_groups: readonly string[] | null;
  readonly see_not_groups: readonly string[] | null;
  readonly see_members: boolean;
  readonly see_purposes: readonly string[] | null;
  readonly see_from: number | null;
  readonly see_until: number | null;
  /** The conditions are the whole policy: what they leave needs no further look. */
  readonly see_exact: boolean;
}

const OPEN: Sieve = {
  see_partners: null,
  see_not_partners: null,
  see_groups: null,
  see_not_groups: null,
  see_members: false,
  see_purposes: null,
  see_from: null,
  see_until: null,
  see_exact: true,
};

/**
 * Necessary conditions of a policy. A clause that they do not express to the letter is left to `evaluate`, which then judges what they leave.
 * Of a policy that cannot be read nothing is known here; `evaluate` allows nothing by it.
 */
export function sieveOf(policy: Policy): Sieve {
  try {
    return clauses(parsePolicy(policy)).reduce((sieve, { constraint }) => narrow(sieve, constraint), OPEN);
  } catch (error) {
    if (!(error instanceof MadangError)) throw error;
    return { ...OPEN, see_exact: false };
  }
}

const both = (before: readonly string[] | null, values: readonly string[]) => (before ? before.filter((v) => values.includes(v)) : values);
const either = (before: readonly string[] | null, values: readonly string[]) => [...new Set([...(before ?? []), ...values])];

function narrow(sieve: Sieve, constraint: AtomicConstraint): Sieve {
  const { see_partners, see_not_partners, see_groups, see_not_groups, see_purposes, see_from, see_until, see_exact } = sieve;
  const values = valuesOf(constraint);
  const dids = () => values.map(didKey);
  const time = instantKey(values[0]) ?? '';
  const at = Date.parse(time);
  const whole = /\.\d{3}0{6}Z$/.test(time);
  switch (`${constraint.leftOperand} ${constraint.operator}`) {
    case 'Partner eq':
    case 'Partner isAnyOf':
      return { ...sieve, see_partners: both(see_partners, dids()) };
    case 'Partner isNoneOf':
      return { ...sieve, see_not_partners: either(see_not_partners, dids()) };
    case 'PartnerGroup isAnyOf': // One of these, and one of those: only the first is asked here.
      return { ...sieve, see_groups: see_groups ?? values, see_exact: see_exact && see_groups === null };
    case 'PartnerGroup isNoneOf':
      return { ...sieve, see_not_groups: either(see_not_groups, values) };
    case 'Membership eq':
      return { ...sieve, see_members: true };
    case 'UsagePurpose isAnyOf':
      return { ...sieve, see_purposes: both(see_purposes, values) };
    // Of a moment the digits below the millisecond are cut off before it is compared.
    case 'dateTime gteq':
      return { ...sieve, see_from: Math.max(see_from ?? -Infinity, at), see_exact: see_exact && whole };
    case 'dateTime gt':
      return { ...sieve, see_from: Math.max(see_from ?? -Infinity, at), see_exact: false };
    case 'dateTime lt':
      return { ...sieve, see_until: Math.min(see_until ?? Infinity, whole ? at - 1 : at), see_exact: see_exact && whole };
    case 'dateTime lteq':
      return { ...sieve, see_until: Math.min(see_until ?? Infinity, at), see_exact: false };
    default:
      return { ...sieve, see_exact: false };
  }
}

/** What the conditions are compared with. */
export interface Asker {
  readonly partner: string;
  readonly groups: readonly string[];
  readonly member: boolean;
  readonly purpose: string | null;
  /** Null when the time is not known: then nothing that has a period is open. */
  readonly at: number | null;
}

const MEMBERS = fromChoices({ members: true });

export function askerOf(evidence: Evidence): Asker {
  const now = instantKey(evidence.at);
  return {
    partner: didKey(evidence.partner),
    groups: evidence.groups,
    member: evaluate(MEMBERS, evidence).allowed,
    purpose: evidence.purpose ?? null,
    at: now === null ? null : Date.parse(now),
  };
}
