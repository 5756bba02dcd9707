import assert from 'node:assert/strict';
import test from 'node:test';
import { openChanges } from './changes.ts';

const change = (id: string) => ({ type: 'exchange' as const, id });

test('listeners hear their own participant, whatever its name', () => {
  const changes = openChanges();
  for (const name of ['maker', 'error', 'newlistener', 'constructor', 'hasownproperty']) {
    changes.tell(name, change('nobody listens'));
    const heard: string[] = [];
    using _ = changes.listen(name, ({ id }) => heard.push(id));
    changes.tell(name, change('x'));
    changes.tell('other', change('y'));
    assert.deepEqual(heard, ['x'], name);
  }
});

test('who has stopped listening hears nothing', () => {
  const changes = openChanges();
  const heard: string[] = [];
  {
    using _ = changes.listen('a', ({ id }) => heard.push(id));
  }
  changes.tell('a', change('x'));
  assert.deepEqual(heard, []);
});

test('a change at any moment is seen: before, during and after a look', async () => {
  for (const moment of ['during', 'after'] as const) {
    const changes = openChanges();
    let ready = false;
    let looks = 0;
    const found = changes.until('a', 5_000, async () => {
      looks++;
      const seen = ready;
      if (moment === 'during' && looks === 1) {
        // It is committed and told after this look has read, and before its answer is back.
        ready = true;
        changes.tell('a', change('x'));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return seen ? 'value' : undefined;
    });
    if (moment === 'after') {
      await new Promise((resolve) => setTimeout(resolve, 10));
      ready = true;
      changes.tell('a', change('x'));
    }
    assert.equal(await found, 'value', moment);
    assert.equal(looks, 2);
  }
});

test('hundreds of changes in one turn cause no more than a look after them', async () => {
  const changes = openChanges();
  let looks = 0;
  let value: number | undefined;
  const found = changes.until('a', 5_000, async () => {
    looks++;
    return value;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  value = 7;
  for (let i = 0; i < 500; i++) changes.tell('a', change(String(i)));
  assert.equal(await found, 7);
  assert.equal(looks, 2);
});

test('what does not concern it is not looked at', async () => {
  const changes = openChanges();
  let looks = 0;
  const found = changes.until(
    'a',
    100,
    async () => (++looks === 2 ? 'value' : undefined),
    ({ id }) => id === 'mine',
  );
  for (let i = 0; i < 10; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    changes.tell('a', change('other'));
  }
  assert.equal(looks, 1);
  changes.tell('a', change('mine'));
  assert.equal(await found, 'value');
});

test('it ends in time, looks at least once, and hands on what goes wrong', async () => {
  const changes = openChanges();
  const began = performance.now();
  assert.equal(await changes.until('a', 40, async () => undefined), undefined);
  assert.ok(performance.now() - began < 1_000);
  for (const ms of [0, -5]) assert.equal(await changes.until('a', ms, async () => 'now'), 'now');
  await assert.rejects(
    changes.until('a', 40, () => Promise.reject(new Error('away'))),
    /away/,
  );
});
