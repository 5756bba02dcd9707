import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromChoices } from '@madang/core/policy/explain.ts';
import { purposesIn, purposeWord } from './purposes.ts';

test('the purposes that terms ask for, in our form and in that of others', () => {
  assert.deepEqual(purposesIn(fromChoices({ purposes: ['cbam', 'quality'], members: true })), ['cbam', 'quality']);
  assert.deepEqual(purposesIn(fromChoices({ members: true, until: '2026-12-31' })), []);
  const foreign = {
    'odrl:permission': {
      'odrl:action': { '@id': 'odrl:use' },
      'odrl:constraint': {
        'odrl:and': [
          {
            'odrl:leftOperand': { '@id': 'https://w3id.org/catenax/policy/UsagePurpose' },
            'odrl:operator': { '@id': 'odrl:isAnyOf' },
            'odrl:rightOperand': { '@value': 'cbam' },
          },
        ],
      },
    },
  };
  assert.deepEqual(purposesIn(foreign), ['cbam']);
  assert.deepEqual(purposesIn(null), []);
});

test('a purpose that is not known is shown as it is', () => {
  assert.equal(purposeWord('cbam', 'ko'), 'CBAM 신고');
  assert.equal(purposeWord('cx.core.industrycore:1', 'en'), 'cx.core.industrycore:1');
});
