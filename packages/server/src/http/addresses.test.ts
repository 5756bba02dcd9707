import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { mayReach } from './addresses.ts';

const hex = (n: number) => n.toString(16);
const mapped = (address: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `::ffff:${hex(a * 256 + b)}:${hex(c * 256 + d)}`;
};

/** First and last address of every IPv4 range that is not on the public internet. */
const RANGES = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '255.255.255.255'],
] as const;
const number = (address: string) => address.split('.').reduce((n, part) => n * 256 + Number(part), 0);
const text = (n: number) => [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.');

test('the edges of each range are inside, their neighbours are not', () => {
  const inside = (n: number) => RANGES.some(([from, to]) => n >= number(from) && n <= number(to)) || text(n).startsWith('192.88.99.');
  for (const [from, to] of RANGES)
    for (const n of [number(from) - 1, number(from), number(to), number(to) + 1].filter((x) => x >= 0 && x < 2 ** 32))
      assert.equal(mayReach('public', text(n)), !inside(n), text(n));
});

test('every spelling of a host name that the URL standard reads as an inner address is caught', () => {
  const spellings = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
    '１２７.0.0.1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:7f00:1]',
  ];
  for (const host of spellings) {
    const { hostname } = new URL(`http://${host}/`);
    assert.equal(mayReach('public', hostname.replace(/^\[|\]$/g, '')), false, `${host} is ${hostname}`);
  }
});

test('an IPv4 address inside an IPv6 one is judged as itself or refused, never better', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.constantFrom('public' as const, 'loopback' as const), (address, rule) => {
      const plain = mayReach(rule, address);
      assert.equal(mayReach(rule, `::ffff:${address}`), plain);
      if (!plain) {
        assert.equal(mayReach(rule, mapped(address)), false);
        assert.equal(mayReach(rule, `::${address}`), false);
        assert.equal(mayReach(rule, `64:ff9b::${address}`), false);
      }
    }),
  );
});

test('whatever the text, it is judged without an error; a wider rule reaches no less', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.ipV4(),
        fc.ipV6(),
        fc.string(),
        fc.ipV6().map((a) => `${a}%eth0`),
      ),
      (address) => {
        if (mayReach('public', address)) assert.equal(mayReach('loopback', address), true);
        assert.equal(mayReach('any', address), true);
      },
    ),
  );
});
