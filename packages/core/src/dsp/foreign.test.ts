import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MadangError } from '../error.ts';
import { samePolicy } from '../policy/compare.ts';
import { parsePolicy } from '../policy/parse.ts';
import { parseMessage } from './message.ts';
import { MESSAGE_TYPES, SAMPLES } from './samples.fixture.ts';
import { BARE, EDC, FORMS, PREFIXES } from './terms.ts';
import { CONTEXT } from './version.ts';

const EDC_CONTEXT = 'https://w3id.org/edc/dspace/v0.0.1';
const BOTH = [CONTEXT, EDC_CONTEXT];
const PIDS = { providerPid: 'p', consumerPid: 'c' };

/** Every other spelling of a name: with its prefix and as IRI. */
const SPELLINGS = Map.groupBy(BARE.keys(), (spelling) => BARE.get(spelling) ?? '');

interface Style {
  readonly names: 'bare' | 'prefixed' | 'iri';
  readonly wrap: 'plain' | '@value' | '@id' | 'list';
  readonly single: boolean;
  readonly type: 'bare' | 'prefixed' | 'list';
}

/** The same message as another JSON-LD processor may write it. */
function respelled(value: unknown, style: Style): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (name === '@context' || name === '@id' || name === '@value' || name === '@language') return [name, inner];
      if (name === '@type') return [name, style.type === 'list' ? [inner] : style.type === 'prefixed' ? `dspace:${inner}` : inner];
      const key = style.names === 'bare' ? name : (SPELLINGS.get(name)?.[style.names === 'prefixed' ? 0 : 1] ?? name);
      return [key, otherForm(FORMS.get(name), inner, style)];
    }),
  );
}

function otherForm(form: string | undefined, inner: unknown, style: Style): unknown {
  if (form === 'text' || form === 'name' || form === 'word') {
    if (style.wrap === 'list') return [inner];
    return style.wrap === 'plain' ? inner : { [style.wrap]: inner };
  }
  if (form === 'part') return style.wrap === 'list' && typeof inner === 'object' ? [respelled(inner, style)] : respelled(inner, style);
  if ((form === 'list' || form === 'items') && Array.isArray(inner)) {
    const items = form === 'list' ? inner.map((item) => respelled(item, style)) : inner;
    return style.single && items.length === 1 ? items[0] : items;
  }
  return inner;
}

test('a message says the same in every spelling of JSON-LD', () => {
  const style = fc.record<Style>({
    names: fc.constantFrom('bare', 'prefixed', 'iri'),
    wrap: fc.constantFrom('plain', '@value', '@id', 'list'),
    single: fc.boolean(),
    type: fc.constantFrom('bare', 'prefixed', 'list'),
  });
  // The version document is plain JSON.
  for (const type of MESSAGE_TYPES.filter((t) => SAMPLES[t].length > 0 && t !== 'VersionDocument'))
    fc.assert(
      fc.property(fc.constantFrom<object>(...SAMPLES[type]), style, (sample, how) => {
        assert.deepEqual(parseMessage(type, respelled(sample, how)), sample);
      }),
      { numRuns: 40 },
    );
});

test('the context: anywhere in a list, alone, beside one that names prefixes; another one is not taken for it', () => {
  const message = { '@type': 'TransferCompletionMessage', ...PIDS };
  const read = (context: unknown) => parseMessage('TransferCompletionMessage', { ...message, '@context': context })['@context'];
  assert.deepEqual(read([EDC_CONTEXT, CONTEXT]), [EDC_CONTEXT, CONTEXT]);
  assert.deepEqual(read(CONTEXT), [CONTEXT]);
  assert.deepEqual(read([CONTEXT, { '@vocab': EDC, edc: EDC, odrl: PREFIXES['odrl'] }]), [CONTEXT]);
  const refused = { name: 'MadangError', code: 'bad_message' };
  for (const other of [
    EDC_CONTEXT,
    [EDC_CONTEXT],
    [],
    { '@vocab': EDC },
    [{ '@vocab': EDC }],
    [CONTEXT, { providerPid: 'https://example.org/consumerPid' }],
    [CONTEXT, { odrl: 'https://example.org/' }],
    'https://w3id.org/dspace/2024/1/context.json',
  ])
    assert.throws(() => read(other), refused, JSON.stringify(other));
});

test('IRIs alone need no context; bare names do', () => {
  const iris = { '@type': [`${PREFIXES['dspace']}TransferCompletionMessage`], [`${PREFIXES['dspace']}providerPid`]: [{ '@id': 'p' }] };
  const whole = { ...iris, [`${PREFIXES['dspace']}consumerPid`]: [{ '@value': 'c' }] };
  assert.deepEqual(parseMessage('TransferCompletionMessage', whole), {
    '@context': [CONTEXT],
    '@type': 'TransferCompletionMessage',
    ...PIDS,
  });
  assert.throws(() => parseMessage('TransferCompletionMessage', { '@type': 'TransferCompletionMessage', ...PIDS }), {
    code: 'bad_message',
  });
});

test('a name in two spellings is not decided in silence', () => {
  const twice = { '@context': [CONTEXT], '@type': 'TransferCompletionMessage', ...PIDS, 'dspace:providerPid': 'other' };
  assert.equal(parseMessage('TransferCompletionMessage', twice).providerPid, 'p');
  const offer = { '@id': 'o', '@type': 'Offer', permission: [{ action: 'use' }], 'odrl:permission': [{ action: 'odrl:read' }] };
  const request = {
    '@context': [CONTEXT],
    '@type': 'ContractRequestMessage',
    consumerPid: 'c',
    callbackAddress: 'https://c.example',
    offer,
  };
  assert.throws(() => parsePolicy(parseMessage('ContractRequestMessage', request).offer), MadangError);
});

test('EDC: a term of ours comes back in its namespace, one value for a list of one, and still means the same', () => {
  const ours = {
    permission: [
      {
        action: 'use',
        constraint: [
          { leftOperand: 'UsagePurpose', operator: 'isAnyOf', rightOperand: ['quality'] },
          { leftOperand: 'dateTime', operator: 'lt', rightOperand: '2031-01-01T00:00:00+09:00' },
        ],
      },
    ],
  };
  const theirs = parseMessage('ContractRequestMessage', {
    '@id': '7778f7e4',
    '@type': 'ContractRequestMessage',
    consumerPid: 'ea072588',
    callbackAddress: 'https://edc.example/protocol/2025-1/',
    offer: {
      '@id': 'o',
      '@type': 'Offer',
      permission: [
        {
          action: 'use',
          constraint: [
            { leftOperand: 'edc:UsagePurpose', operator: 'isAnyOf', rightOperand: 'quality' },
            { leftOperand: 'odrl:dateTime', operator: 'lt', rightOperand: '2031-01-01T00:00:00+09:00' },
          ],
        },
      ],
      assigner: 'did:web:p',
      target: 'dataset-1',
    },
    '@context': BOTH,
  }).offer;
  assert.ok(samePolicy(ours, theirs));
  // Sent back, it has to be read without EDC's context.
  const operands = theirs.permission?.[0]?.constraint?.map((c) => 'leftOperand' in c && c.leftOperand);
  assert.deepEqual(operands, [`${EDC}UsagePurpose`, 'odrl:dateTime']);
  assert.deepEqual(parsePolicy(theirs), parsePolicy(ours));
});

test('EDC: where the data are stands in the properties, under its own names; a property that is no text is left out', () => {
  const property = (name: string, value: unknown) => ({ '@type': 'EndpointProperty', name, value });
  const start = (endpointProperties: unknown) =>
    parseMessage('TransferStartMessage', {
      '@id': 'cfda20c0',
      '@type': 'TransferStartMessage',
      ...PIDS,
      dataAddress: { '@type': 'DataAddress', endpointType: 'https://w3id.org/idsa/v4.1/HTTP', endpointProperties },
      '@context': BOTH,
    }).dataAddress;
  const address = start([
    property(`${EDC}endpoint`, 'https://edc.example/public'),
    property(`${EDC}authType`, 'bearer'),
    property(`${EDC}authorization`, 'token'),
    property(`${EDC}responseChannel`, { '@type': 'DataAddress' }),
  ]);
  const found = (name: string) => address?.endpointProperties?.find((p) => p.name === name)?.value;
  assert.deepEqual([address?.endpoint, found('authType'), found('authorization')], ['https://edc.example/public', 'bearer', 'token']);
  assert.equal(found(`${EDC}responseChannel`), undefined);
  // What stands there by its own name is not replaced.
  const [own, other] = [property('authorization', 'own'), property(`${EDC}authorization`, 'other')];
  for (const list of [
    [own, other],
    [other, own],
  ])
    assert.deepEqual(
      start(list)?.endpointProperties?.filter((p) => p.name === 'authorization'),
      [own],
    );
  assert.equal(start([])?.endpointProperties, undefined);
});

test('EDC: a catalogue is read although one of its datasets cannot be asked for', () => {
  const distribution = [
    {
      '@type': 'Distribution',
      format: 'HttpData-PULL',
      accessService: { '@id': 's', '@type': 'DataService', endpointURL: 'https://edc.example' },
    },
  ];
  const good = {
    '@id': 'a',
    '@type': 'Dataset',
    hasPolicy: [{ '@id': 'x', '@type': 'Offer', permission: [{ action: 'use' }] }],
    distribution,
  };
  const catalog = parseMessage('Catalog', {
    '@id': 'af3a53e1',
    '@type': 'Catalog',
    dataset: [
      { ...good, 'edc:name': 'asset a', 'dct:title': 'Title', id: 'a' },
      { '@id': 'no rule', '@type': 'Dataset', hasPolicy: [{ '@id': 'y', '@type': 'Offer' }], distribution: [] },
    ],
    service: [],
    participantId: 'did:web:p',
    '@context': BOTH,
  });
  assert.deepEqual(
    catalog.dataset?.map((d) => [d['@id'], d.hasPolicy.length, d.distribution.length]),
    [
      ['a', 1, 1],
      ['no rule', 1, 0],
    ],
  );
  const [first, second] = (catalog.dataset ?? []) as unknown as [Record<string, unknown>, typeof good];
  assert.deepEqual([first['http://purl.org/dc/terms/title'], first[`${EDC}name`]], ['Title', 'asset a']);
  assert.throws(() => parsePolicy(second.hasPolicy[0]), { code: 'policy_malformed' });
  const empty = parseMessage('Catalog', { '@context': BOTH, '@id': 'c', '@type': 'Catalog', participantId: 'did:web:p', dataset: [] });
  assert.equal(empty.dataset, undefined);
});

test('a reason may be a list, one text or nothing; its parts are not touched', () => {
  const read = (reason: unknown) =>
    parseMessage('TransferTerminationMessage', { '@context': BOTH, '@type': 'TransferTerminationMessage', ...PIDS, reason }).reason;
  assert.deepEqual(read('enough'), ['enough']);
  assert.deepEqual(read([{ '@value': '그만', '@language': 'ko' }]), [{ '@value': '그만', '@language': 'ko' }]);
  assert.deepEqual(read({ 'odrl:action': 'x' }), [{ 'odrl:action': 'x' }]);
  for (const nothing of [[], null]) assert.equal(read(nothing), undefined);
});
