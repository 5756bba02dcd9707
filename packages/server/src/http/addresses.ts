import { BlockList, isIP } from 'node:net';
import type { OutboundRule } from '../config/config.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** What of IPv4, and of the global unicast range of IPv6, is not on the public internet (IANA special-purpose address registries). */
const special = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  special.addSubnet(net, bits, 'ipv6');

/** All that IANA has given out for the internet so far; translations and tunnels of other ranges could lead inside. */
const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');

/** Whether a request may go to this IP address. An IPv4 address inside an IPv6 one is judged as the IPv4 address. */
export function mayReach(rule: OutboundRule, address: string): boolean {
  if (rule === 'any') return true;
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(plain);
  if (family === 0) return false;
  if (rule === 'loopback' && loopback.check(plain, family === 4 ? 'ipv4' : 'ipv6')) return true;
  return family === 4 ? !special.check(plain, 'ipv4') : unicast.check(plain, 'ipv6') && !special.check(plain, 'ipv6');
}
