import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { didDocument, didOf, didUrl } from './did-web.ts';

test('a DID leads to where its document is served', () => {
  const right: [did: string, url: string][] = [
    ['did:web:example.com', 'https://example.com/.well-known/did.json'],
    ['did:web:example.com:participants:maker', 'https://example.com/participants/maker/did.json'],
    ['did:web:example.com%3A8443:a', 'https://example.com:8443/a/did.json'],
    ['did:web:localhost%3A8440:participants:a', 'http://localhost:8440/participants/a/did.json'],
    ['did:web:127.0.0.1%3A1', 'http://127.0.0.1:1/.well-known/did.json'],
    ['did:web:%5B%3A%3A1%5D%3A1', 'http://[::1]:1/.well-known/did.json'],
    // An escaped slash stays one name.
    ['did:web:example.com:a%2Fb', 'https://example.com/a%2Fb/did.json'],
  ];
  for (const [did, url] of right) assert.equal(didUrl(did), url);
});

test('plain http only for this machine, not for a name that looks like it', () => {
  for (const host of ['localhost.example.com', 'xlocalhost', '127.0.0.1.example.com', '127.0.0.2', '10.0.0.1']) {
    assert.match(didUrl(`did:web:${host}`), /^https:/, host);
  }
});

test('what is no did:web, or hides another host, is refused', () => {
  const wrong = [
    '',
    'did',
    'did:web',
    'did:web:',
    'did:key:z6Mk',
    'DID:web:example.com',
    'did:web::a',
    'did:web:example.com:',
    'did:web:example.com::a',
    ' did:web:example.com',
    'did:web:%',
    'did:web:%zz',
    'did:web:%C0%80',
    'did:web:example.com:%zz',
    'did:web:example.com:%',
    'did:web:user%40example.com',
    'did:web:example.com%2Fpath',
    'did:web:example.com%5Cpath',
    'did:web:example.com%3Fq',
    'did:web:example.com%23f',
    'did:web:%2F%2Fexample.com',
    'did:web:example.com:a?b',
    'did:web:example.com:a#b',
    'did:web:example.com:a/../b',
    'did:web:example.com:a b',
    'did:web:example.com\n',
    'did:web:exämple.com',
    // Spellings of an address that are normalised into another text.
    'did:web:2130706433',
    'did:web:0x7f.1',
    'did:web:127.1',
    'did:web:example.com%3A443',
    'did:web:example.com%3A99999',
    `did:web:${'a'.repeat(600)}`,
  ];
  for (const did of wrong) assert.throws(() => didUrl(did), { code: 'bad_did', status: 422 }, did);
});

test('whatever the text, it is refused or stays on the host that it names', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({ unit: fc.constantFrom(...Array.from('ab.:%3A2F40[]@/\\?#')) }).map((s) => `did:web:${s}`),
      ),
      (did) => {
        let url: URL;
        try {
          url = new URL(didUrl(did));
        } catch (error) {
          assert.equal((error as { code: string }).code, 'bad_did');
          return;
        }
        assert.equal(url.host, decodeURIComponent(did.split(':')[2] ?? '').toLowerCase());
        assert.deepEqual([url.username, url.password, url.search, url.hash], ['', '', '', '']);
        assert.ok(url.pathname.endsWith('/did.json'));
      },
    ),
    { numRuns: 500 },
  );
});

test('the DID of a hosted participant leads back to its own address', () => {
  for (const base of ['http://localhost:8440', 'https://space.example.com', 'https://example.com:8443/space']) {
    assert.equal(didUrl(didOf(base, 'maker')), `${base}/participants/maker/did.json`);
  }
});

test('a document names its keys and services under its DID', () => {
  const did = didOf('https://example.com', 'maker');
  const document = didDocument(did, 'https://example.com/participants/maker/dsp/2025-1', [{ kid: 'key-1', publicJwk: { kty: 'EC' } }]);
  assert.equal(document.id, did);
  assert.deepEqual(document.authentication, [`${did}#key-1`]);
  assert.deepEqual(
    document.verificationMethod.map(({ id, controller }) => [id, controller]),
    [[`${did}#key-1`, did]],
  );
  assert.deepEqual(
    document.service?.map(({ serviceEndpoint }) => serviceEndpoint),
    ['https://example.com/participants/maker/.well-known/dspace-version', 'https://example.com/participants/maker/dsp/2025-1/catalog'],
  );
});
