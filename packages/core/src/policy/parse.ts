import { bare, type Fields, fieldsOf, listOf, stringOf } from './json-ld.ts';
import type { AtomicConstraint, Constraint, Operator, Permission, Policy } from './model.ts';
import type { Operand, OperatorRule } from './operands/operand.ts';
import { operandOf, ruleOf } from './operands.ts';
import { ENFORCED, malformed, notEnforced } from './refuse.ts';
import { clip } from './words.ts';

/** Deeper than any reader follows, and far from the limit of the stack. */
const MAX_DEPTH = 8;
/** Properties that say what a policy is attached to, not what it asks. */
const ENVELOPE = ['@context', '@id', '@type', 'target', 'assigner', 'assignee', 'timestamp'];
const RULES = ['profile', 'permission', 'prohibition', 'obligation'];
/** Results of reading: frozen, hence never read twice. */
const READ = new WeakSet<object>();

/**
 * The policy in a JSON value: an ODRL rule set, offer or agreement, terms bare, prefixed or as IRIs, single values for lists.
 * The result is frozen. `where` is the JSON path of the value, for the error.
 * Errors: `policy_malformed` (400), `policy_not_enforced` (422); `data.path` names the place.
 */
export function parsePolicy(value: unknown, where = '$'): Policy {
  if (typeof value === 'object' && value !== null && READ.has(value)) return value as Policy;
  const policy = deepFreeze(readPolicy(value, where));
  READ.add(policy);
  return policy;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

function readPolicy(value: unknown, where: string): Policy {
  const fields = fieldsOf(value, where);
  checkType(fields, ['Policy', 'Set', 'Offer', 'Agreement'], where);
  onlyKnown(fields, [...ENVELOPE, ...RULES], where);
  if (listOf(fields.get('@context') ?? []).some((c) => typeof c !== 'string')) {
    throw notEnforced(`${where}["@context"]`, {
      ko: '용어를 여기서 새로 정할 수 없습니다. 컨텍스트는 주소로만 쓰세요.',
      en: 'Terms cannot be defined here. Name contexts by address only.',
    });
  }
  for (const kind of ['prohibition', 'obligation'] as const) {
    if (listOf(fields.get(kind) ?? []).length > 0) {
      const word = kind === 'prohibition' ? { ko: '금지', en: 'Prohibitions' } : { ko: '의무', en: 'Obligations' };
      throw notEnforced(`${where}.${kind}[0]`, {
        ko: `${word.ko} 규칙은 아직 지킬 수 없습니다. 허용(permission)의 조건으로 쓰세요.`,
        en: `${word.en} are not enforced. Write it as a constraint of the permission.`,
      });
    }
  }
  const permissions = listOf(fields.get('permission') ?? []);
  if (permissions.length === 0) {
    throw malformed(`${where}.permission`, {
      ko: '허용(permission)이 없습니다. 조건이 없으면 [{"action":"use"}]로 쓰세요.',
      en: 'There is no permission. Without conditions, write [{"action":"use"}].',
    });
  }
  if (permissions.length > 1) {
    throw notEnforced(`${where}.permission[1]`, {
      ko: '허용(permission)은 하나만 지킬 수 있습니다. 조건을 하나로 모으거나 제공 조건을 나누세요.',
      en: 'Only one permission is enforced. Put the constraints in one, or make two offers.',
    });
  }
  const permission: [Permission] = [parsePermission(permissions[0], `${where}.permission[0]`)];
  const profile = parseProfile(fields.get('profile'), `${where}.profile`);
  return profile.length > 0 ? { profile, permission } : { permission };
}

function parseProfile(value: unknown, path: string): string[] {
  return listOf(value ?? []).map((p) => {
    const iri = stringOf(p);
    if (!iri) throw malformed(path, { ko: '프로파일은 글자(IRI)로 쓰세요.', en: 'Write a profile as a string (IRI).' });
    return iri;
  });
}

function parsePermission(value: unknown, path: string): Permission {
  const fields = fieldsOf(value, path);
  checkType(fields, ['Rule', 'Permission'], path);
  onlyKnown(fields, ['@id', '@type', 'action', 'constraint'], path);
  const actions = listOf(fields.get('action') ?? []);
  const action = actions.length === 1 ? stringOf(actions[0]) : undefined;
  if (action === undefined) throw malformed(`${path}.action`, { ko: `행위(action)를 하나 쓰세요: "use"`, en: 'Give one action: "use".' });
  if (bare(action) !== 'use')
    throw notEnforced(`${path}.action`, {
      ko: `행위 '${clip(action)}'은(는) 지킬 수 없습니다. 'use'를 쓰세요.`,
      en: `The action "${clip(action)}" is not enforced. Write "use".`,
    });
  const constraint = listOf(fields.get('constraint') ?? []).map((c, i) => parseConstraint(c, `${path}.constraint[${i}]`, 1));
  return constraint.length > 0 ? { action: 'use', constraint } : { action: 'use' };
}

function parseConstraint(value: unknown, path: string, depth: number): Constraint {
  if (depth > MAX_DEPTH)
    throw malformed(path, {
      ko: `조건이 너무 깊이 겹쳐 있습니다. ${MAX_DEPTH}단계까지 쓰세요.`,
      en: `Constraints are nested too deep. Use at most ${MAX_DEPTH} levels.`,
    });
  const fields = fieldsOf(value, path);
  checkType(fields, ['Constraint', 'LogicalConstraint', 'AtomicConstraint'], path);
  const logical = ['or', 'xone', 'andSequence'].find((word) => fields.has(word));
  if (logical)
    throw notEnforced(`${path}.${logical}`, {
      ko: `'${logical}'로 묶은 조건은 아직 지킬 수 없습니다. 'and'를 쓰거나 제공 조건을 나누세요.`,
      en: `Constraints joined by "${logical}" are not enforced. Use "and", or make two offers.`,
    });
  if (!fields.has('and')) return parseAtomic(fields, path);
  onlyKnown(fields, ['@id', '@type', 'and'], path);
  const parts = listOf(fields.get('and'));
  if (parts.length === 0)
    throw malformed(`${path}.and`, {
      ko: `'and'가 비어 있습니다. 조건을 넣거나 지우세요.`,
      en: 'The "and" is empty. Put constraints in it or remove it.',
    });
  return { and: parts.map((c, i) => parseConstraint(c, `${path}.and[${i}]`, depth + 1)) };
}

function parseAtomic(fields: Fields, path: string): AtomicConstraint {
  onlyKnown(fields, ['@id', '@type', 'leftOperand', 'operator', 'rightOperand'], path);
  const written = { leftOperand: fields.get('leftOperand'), operator: fields.get('operator'), rightOperand: fields.get('rightOperand') };
  const left = stringOf(written.leftOperand);
  const operator = stringOf(written.operator);
  if (!left || !operator || written.rightOperand === undefined) {
    throw malformed(
      path,
      {
        ko: '조건에는 leftOperand, operator, rightOperand가 모두 있어야 합니다.',
        en: 'A constraint needs leftOperand, operator and rightOperand.',
      },
      written,
    );
  }
  const operand = operandOf(left);
  if (!operand) {
    const known = ENFORCED.map((e) => e.leftOperand).join(', ');
    throw notEnforced(
      path,
      {
        ko: `'${clip(left)}' 조건은 지킬 수 없습니다. 다음 가운데 쓰세요: ${known}`,
        en: `A constraint on "${clip(left)}" is not enforced. Use one of: ${known}`,
      },
      written,
    );
  }
  const rule = ruleOf(operand, bare(operator));
  if (!rule) {
    const known = Object.keys(operand.operators).join(', ');
    throw notEnforced(
      path,
      {
        ko: `${operand.label.ko}(${operand.term}) 조건에 '${clip(operator)}'은(는) 지킬 수 없습니다. 다음 가운데 쓰세요: ${known}`,
        en: `"${clip(operator)}" is not enforced for ${operand.term}. Use one of: ${known}`,
      },
      written,
    );
  }
  const values = parseValues(written, operand, rule, path);
  return { leftOperand: operand.term, operator: bare(operator) as Operator, rightOperand: rule.many ? values : values[0]! };
}

function parseValues(written: { rightOperand: unknown }, operand: Operand, rule: OperatorRule, path: string): string[] {
  const at = `${path}.rightOperand`;
  const values = listOf(written.rightOperand).map((v) => {
    const value = stringOf(v);
    if (value === undefined)
      throw malformed(
        at,
        {
          ko: '값은 따옴표로 감싼 글자로 쓰세요. 숫자나 참·거짓은 쓸 수 없습니다.',
          en: 'Write the value as a string in quotes; numbers and true or false are not allowed.',
        },
        written,
      );
    const problem = operand.valueProblem(value);
    if (problem) throw (problem.code === 'policy_malformed' ? malformed : notEnforced)(at, problem.text, written);
    return value;
  });
  if (values.length === 0)
    throw malformed(
      at,
      {
        ko: '값이 하나도 없습니다. 하나 이상 넣거나 조건을 지우세요.',
        en: 'There is no value. Give at least one, or remove the constraint.',
      },
      written,
    );
  if (!rule.many && values.length > 1)
    throw malformed(at, { ko: '이 조건에는 값을 하나만 쓰세요.', en: 'Give just one value for this constraint.' }, written);
  return values;
}

function checkType(fields: Fields, allowed: readonly string[], path: string): void {
  for (const type of listOf(fields.get('@type') ?? [])) {
    if (typeof type !== 'string' || !allowed.includes(bare(type))) {
      throw malformed(`${path}["@type"]`, {
        ko: `여기에는 다음 종류만 쓸 수 있습니다: ${allowed.join(', ')}`,
        en: `Only these types can stand here: ${allowed.join(', ')}`,
      });
    }
  }
}

function onlyKnown(fields: Fields, known: readonly string[], path: string): void {
  for (const key of fields.keys()) {
    if (!known.includes(key)) {
      throw notEnforced(`${path}.${clip(key)}`, {
        ko: `'${clip(key)}' 항목은 지킬 수 없습니다. 지우거나 조건(constraint)으로 쓰세요.`,
        en: `"${clip(key)}" is not enforced. Remove it, or write it as a constraint.`,
      });
    }
  }
}
