import { BlockList, isIP } from 'node:net';
import type { OutboundRule } from '../config/config.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Special-purpose ranges that are not on the public internet (IANA special-purpose address registries). */
const inner = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.0.2.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const)
  inner.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127], ['64:ff9b::', 96], ['100::', 64], ['2001:db8::', 32], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8],
] as const)
  inner.addSubnet(net, bits, 'ipv6');

/** Whether a request may go to this IP address. An IPv4 address inside an IPv6 one is judged as the IPv4 address. */
export function mayReach(rule: OutboundRule, address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(mapped) === 4 ? 'ipv4' : 'ipv6';
  if (rule === 'any') return true;
  if (rule === 'loopback' && loopback.check(mapped, family)) return true;
  return !inner.check(mapped, family) && !/^::ffff:/i.test(mapped);
}
