import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { COMMANDS } from '../commands/index.ts';
import { EXITS } from './exit.ts';
import { type Desk, openDesk } from './fixture-desk.ts';
import { exchange, NURI, obtained } from './fixture-views.ts';
import { parse } from './options.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => desk[Symbol.asyncDispose]());

test('help: every command has one, with an example and the exit codes, in both languages', async () => {
  const all = await desk.madang('--help');
  assert.equal(all.code, 0);
  for (const [name, command] of Object.entries(COMMANDS)) {
    assert.match(all.text, new RegExp(`^  ${name} `, 'm'));
    for (const lang of ['ko', 'en'] as const) {
      const { code, out } = await desk.madang(name, '--help', '--lang', lang);
      assert.equal(code, 0);
      assert.ok(out.includes(`  madang ${command.example}`), name);
      assert.equal(out[0], command.summary[lang]);
      assert.ok(out.at(-1)!.trim().startsWith(`${EXITS.waiting.code} `));
    }
  }
  assert.equal((await desk.madang()).code, 2);
});

test('the examples of the help are commands with options that exist', () => {
  for (const [name, { example, options }] of Object.entries(COMMANDS)) {
    const [first, ...words] = example.match(/"[^"]*"|\S+/g)!;
    assert.equal(first, name);
    if (name !== 'start') assert.doesNotThrow(() => parse(words, options), example);
  }
});

test('what is mistyped is told with the nearest name, and nothing is sent', async () => {
  for (const [args, wanted] of [
    [['offr', 'list'], 'Did you mean offer?'],
    [['offer', 'lst'], 'Did you mean list?'],
    [['pull', 'nurideul', '--prodct', 'x'], 'Did you mean --product?'],
    [['pull', 'nuridel'], 'Did you mean nurideul?'],
    [['participant', 'show', '--lang', 'kr'], 'Did you mean ko?'],
    [['pull', 'nurideul', '--wait', 'soon'], 'number of seconds'],
    [['pull', 'nurideul', '--product'], 'needs a value'],
    [['import', 'bom'], '<file> is missing'],
    [['import', 'bom', 'none.csv'], 'no such file'],
    [['offer', 'show', 'a', 'b'], 'One word too many: b'],
    [['policy', 'try', 'urn:x', '--members'], 'Give either'],
    [['offer', 'create', '--id', 'x'], '--title is needed'],
    [['offer', 'list', '--json=yes'], 'takes no value'],
  ] as const) {
    const { code, text, out } = await desk.asGaram(...args);
    assert.equal(code, 2, text);
    assert.ok(text.includes(wanted), text);
    assert.deepEqual(out, []);
  }
  assert.deepEqual(
    desk.asked.filter((a) => a.name !== 'partners'),
    [],
  );
  assert.equal((await desk.madang('participant', 'show', '--as', 'garm')).code, 2);
  assert.match((await desk.madang('participant', 'show')).text, /--as: garam/);
  const host = await desk.madang('participant', 'show', '--key', 'host.s3cret');
  assert.deepEqual([host.code, /management key of a participant/.test(host.text)], [2, true]);
});

test('exit codes follow what became of it', async () => {
  for (const [status, code] of [
    ['received', 0],
    ['refused', 1],
    ['unreachable', 3],
    ['not_offered', 5],
    ['waiting', 6],
  ] as const) {
    desk.answers['obtain'] = () => obtained(status);
    assert.equal((await desk.asGaram('pull', 'nurideul')).code, code, status);
  }
  desk.answers['negotiate'] = () => exchange('REQUESTED');
  for (const [state, code] of [
    ['FINALIZED', 0],
    ['TERMINATED', 1],
    ['REQUESTED', 6],
  ] as const) {
    desk.answers['exchange'] = () => exchange(state);
    assert.equal((await desk.asGaram('negotiate', 'nurideul', 'urn:d:1', '--wait', '0')).code, code, state);
  }
  assert.equal((await desk.madang('participant', 'show', '--key', 'garam.no', '--url', desk.url)).code, 4);
  assert.equal((await desk.madang('participant', 'show', '--key', 'garam.ok', '--url', 'http://127.0.0.1:9')).code, 3);
  assert.equal((await desk.asGaram('offer', 'show', 'urn:none')).code, 5);
  assert.equal((await desk.asGaram('pull', 'nurideul', '--product', 'x', '--kind', 'item')).code, 6, 'the same command with other options');
});

test('a negotiation is read until it ends', async () => {
  let reads = 0;
  desk.answers['negotiate'] = () => exchange('REQUESTED');
  desk.answers['exchange'] = () => {
    reads += 1;
    return exchange(reads < 3 ? 'REQUESTED' : 'FINALIZED');
  };
  const { code, out } = await desk.asGaram('negotiate', 'nurideul', 'urn:d:1', '--purpose', 'product-footprint', '--json');
  assert.deepEqual([code, reads, JSON.parse(out.join('\n')).state], [0, 3, 'FINALIZED']);
  assert.deepEqual(desk.asked.find((a) => a.name === 'negotiate')!.body, {
    partner: NURI.did,
    dataset: 'urn:d:1',
    purpose: 'product-footprint',
  });
});

test('--json: one value on stdout, also for a refusal and an error', async () => {
  desk.answers['obtain'] = () => obtained('refused');
  const refused = await desk.asGaram('pull', 'nurideul', '--json');
  assert.deepEqual([refused.code, JSON.parse(refused.out.join('\n')), refused.out.length, refused.err], [1, obtained('refused'), 1, []]);
  const error = await desk.asGaram('offer', 'show', 'x', '--json');
  assert.deepEqual([error.code, JSON.parse(error.out.join('\n')).error.code, error.err], [5, 'not_found', []]);
  const usage = await desk.madang('offer', 'shw', '--json');
  assert.deepEqual([usage.code, JSON.parse(usage.out.join('\n')).error.code], [2, 'usage']);
});

test('a refusal tells its five parts', async () => {
  desk.answers['obtain'] = () => obtained('refused');
  const { text } = await desk.asGaram('pull', 'nurideul');
  for (const part of [
    'to get data of 누리들셀',
    'Only members get this.',
    '$.permission[0].constraint[0]',
    'rule: only active members',
    'nothing',
    'Get a membership credential.',
    NURI.did,
  ])
    assert.ok(text.includes(part), `${part}\n${text}`);
});
