import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOutgoing } from './message.ts';
import { spokenVersion, VERSION, versionDocument } from './version.ts';

test('the version document names our version, path and binding', () => {
  assert.deepEqual(checkOutgoing(versionDocument({ path: '/p/cell/dsp', identifierType: 'did:web' })), {
    protocolVersions: [{ version: '2025-1', path: '/p/cell/dsp', binding: 'HTTPS', identifierType: 'did:web' }],
  });
});

test('the version that both speak is found, or none', () => {
  const ours = versionDocument({ path: '/dsp' }).protocolVersions[0];
  assert.ok(ours);
  const old = { ...ours, version: '2024-1', path: '/old' };
  assert.equal(spokenVersion({ protocolVersions: [old, ours] })?.path, '/dsp');
  assert.equal(spokenVersion({ protocolVersions: [old] }), undefined);
  assert.equal(ours.version, VERSION);
});
