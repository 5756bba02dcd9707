import fc from 'fast-check';
import { CONTEXT } from '../version.ts';

type Json = unknown;
type Spot = { readonly parent: Record<string, Json>; readonly key: string };

const RULE = { action: 'use' };
const OFFER = { '@id': 'o', '@type': 'Offer', permission: [RULE] };
const SERVICE = { '@id': 's', '@type': 'DataService', endpointURL: 'https://x.example' };
const DISTRIBUTION = { format: 'f', accessService: SERVICE };
const ATOMIC = { leftOperand: 'a', operator: 'eq', rightOperand: 'b' };
const VALUES: Json[] = [
  null,
  true,
  0,
  30,
  '',
  'x',
  [],
  {},
  [1],
  ['x'],
  [{}],
  [[]],
  CONTEXT,
  [CONTEXT],
  [CONTEXT, 'https://example.org/more'],
  [CONTEXT, 1],
  'Offer',
  'Agreement',
  'Catalog',
  'Dataset',
  'DataAddress',
  'ACCEPTED',
  'REQUESTED',
  'STARTED',
  'HTTPS',
  'gteq',
  'term-lteq',
  '2026-11-22T10:00:00Z',
  '2026-02-31T24:00:00.0+14:00',
  'on 0001-01-01T00:00:00 or so',
  '2026-11-22',
  '-12026-11-22T10:00:00',
  '2026-13-01T00:00:00Z',
  '2026-01-01T24:00:01Z',
  RULE,
  [RULE],
  OFFER,
  [OFFER],
  { ...OFFER, target: 't' },
  SERVICE,
  DISTRIBUTION,
  [DISTRIBUTION],
  ATOMIC,
  [ATOMIC],
  { and: [ATOMIC] },
  { and: [], or: [] },
  { ...ATOMIC, and: [ATOMIC] },
  { '@id': 'd', hasPolicy: [OFFER], distribution: [DISTRIBUTION] },
  { '@id': 'c', '@type': 'Catalog' },
  { '@type': 'DataAddress', endpointType: 'e' },
  { '@type': 'EndpointProperty', name: 'n', value: 'v' },
];
const NAMES = [
  '@id',
  '@type',
  '@context',
  'more',
  'target',
  'hasPolicy',
  'dataset',
  'catalog',
  'service',
  'servesDataset',
  'distribution',
  'accessService',
  'permission',
  'prohibition',
  'obligation',
  'profile',
  'constraint',
  'and',
  'or',
  'xone',
  'andSequence',
  'leftOperand',
  'operator',
  'rightOperand',
  'callbackAddress',
  'providerPid',
  'consumerPid',
  'timestamp',
  'assigner',
  'assignee',
  'dataAddress',
  'endpointProperties',
  'endpoint',
  'code',
  'reason',
  'filter',
  'participantId',
  'state',
  'eventType',
  'auth',
  'identifierType',
  'action',
  'format',
  'duty',
];

/** Every property and every array entry in `value`. */
function spots(value: Json): Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, Json>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...spots(parent[key])]);
}

const objects = (value: Json): Record<string, Json>[] =>
  [value, ...spots(value).map(({ parent, key }) => parent[key])].filter(
    (v): v is Record<string, Json> => typeof v === 'object' && v !== null && !Array.isArray(v),
  );

const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % items.length];

function change(root: { value: Json }, kind: string, where: number, name: number, what: number): void {
  const spot = pick(spots(root), where);
  if (!spot) return;
  const { parent, key } = spot;
  const value = structuredClone(pick(VALUES, what));
  if (kind === 'replace') parent[key] = value;
  else if (kind === 'empty' && typeof parent[key] === 'object' && parent[key] !== null) parent[key] = Array.isArray(parent[key]) ? [] : {};
  else if (kind === 'wrap') parent[key] = [parent[key]];
  else if (kind === 'move')
    parent[key] =
      structuredClone(
        pick(
          spots(root.value).map((s) => s.parent[s.key]),
          what,
        ),
      ) ?? null;
  else if (kind === 'add') Object.assign(pick(objects(root.value), where) ?? {}, { [pick(NAMES, name) ?? 'more']: value });
  else if (kind === 'delete' && parent !== (root as object)) {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }
}

/** Copies of `seeds` with one to three changes anywhere: deleted, replaced, emptied, wrapped, moved or added values. */
export function mutations(seeds: readonly Json[]): fc.Arbitrary<Json> {
  const kind = fc.constantFrom('delete', 'replace', 'empty', 'wrap', 'move', 'add', 'add');
  const changes = fc.array(fc.tuple(kind, fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 });
  return fc.tuple(fc.constantFrom(...seeds), changes).map(([seed, list]) => {
    const root = { value: structuredClone(seed) };
    for (const [k, where, name, what] of list) change(root, k, where, name, what);
    return root.value;
  });
}

/** Every single change of `root.value`: each made in place, shown by a yield, then undone. */
export function* singleChanges(root: { value: Json }): Generator<void> {
  for (const { parent, key } of spots(root)) {
    const before = parent[key];
    for (const value of VALUES) {
      parent[key] = value;
      yield;
    }
    delete parent[key];
    yield;
    parent[key] = before;
  }
  for (const parent of objects(root.value))
    for (const name of NAMES.filter((n) => !(n in parent))) {
      for (const value of ['x', [], ['x'], [OFFER]]) {
        parent[name] = value;
        yield;
      }
      delete parent[name];
    }
}
