import type { Text } from '../text.ts';
import type { Instant } from '../time.ts';

export const ODRL = 'http://www.w3.org/ns/odrl/2/';

/** The operators of the ODRL vocabulary that some left operand of ours is enforced with. */
export type Operator = 'eq' | 'isAnyOf' | 'isNoneOf' | 'gteq' | 'gt' | 'lt' | 'lteq';

/** One clause. `rightOperand` is a list exactly for the operators that compare with a list. */
export interface AtomicConstraint {
  readonly leftOperand: string;
  readonly operator: Operator;
  readonly rightOperand: string | readonly string[];
}
/** All of these. Kept as it was written, since some partners compare byte by byte. */
export interface AndConstraint {
  readonly and: readonly Constraint[];
}
export type Constraint = AtomicConstraint | AndConstraint;

export interface Permission {
  readonly action: 'use';
  /** All must hold. Absent when nothing is asked. */
  readonly constraint?: readonly Constraint[];
}

/**
 * A rule set of which every rule is enforced, in the form in which the Dataspace Protocol carries it.
 * Made only by `parsePolicy`: one permission to use; prohibitions and obligations do not occur, since none is enforced.
 * Who may see an offer and what is agreed are two policies of this one language.
 */
export interface Policy {
  readonly profile?: readonly string[];
  readonly permission: readonly [Permission];
}

/** A membership that was proven: credential checked, issuer trusted, not suspended or revoked. */
export interface Membership {
  readonly issuer: string;
  readonly from: Instant;
  /** The first instant at which it no longer holds; null without an end. */
  readonly until: Instant | null;
}

/** What is known of the side that asks, each part verified before it gets here. */
export interface Evidence {
  /** The DID that was authenticated. */
  readonly partner: string;
  /** Groups of the provider's address book that hold this partner. */
  readonly groups: readonly string[];
  readonly memberships: readonly Membership[];
  /** The purpose that the partner declared. */
  readonly purpose?: string;
  readonly at: Instant;
}

/** The name to show for a DID; the DID itself is shown when there is none. */
export type NameOf = (did: string) => Text | undefined;

/** A clause and where it stands, for example `$.permission[0].constraint[1]`. */
export interface Clause {
  readonly path: string;
  readonly constraint: AtomicConstraint;
}

/** Every atomic clause of a policy, in written order, whatever it is nested in. */
export function clauses(policy: Policy): Clause[] {
  const walk = (list: readonly Constraint[], path: string): Clause[] =>
    list.flatMap((c, i) => ('and' in c ? walk(c.and, `${path}[${i}].and`) : [{ path: `${path}[${i}]`, constraint: c }]));
  return policy.permission.flatMap((p, i) => walk(p.constraint ?? [], `$.permission[${i}].constraint`));
}

/** The right operand as a list, also where it is one value. */
export const valuesOf = (c: AtomicConstraint): readonly string[] =>
  typeof c.rightOperand === 'string' ? [c.rightOperand] : c.rightOperand;
