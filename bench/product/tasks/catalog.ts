import http from 'node:http';
import * as build from '@madang/core/dsp/build.ts';
import { joinBase } from '@madang/core/dsp/path.ts';
import { signToken } from '@madang/server/identity/token.ts';
import { getPartner } from '@madang/server/participants/partners.ts';
import { repeat } from '../../rounds.ts';
import type { Task } from './task.ts';

/** Whose catalogue, or the address of a server that answers with the same bytes. */
export type Asked = { readonly partner: string } | { readonly url: string };

/** Pages of a catalogue, one after the other by their `Link` to the next, from the request to the last byte. On the way: the first byte, and the size. */
export const catalog: Task<Asked> = async (context, house, asked) => {
  const agent = new http.Agent({ keepAlive: true });
  const partner = 'partner' in asked ? await getPartner(context, house.id, asked.partner) : undefined;
  const first = 'url' in asked ? asked.url : joinBase(partner!.dsp, '/catalog/request', {});
  const credentials = await context.wallet.show(house.id);
  return async (count, atOnce) => {
    const firstByte: number[] = [];
    const bytes: number[] = [];
    let url = first;
    const one = async () => {
      const began = performance.now();
      const token = await signToken(context.keys, { participant: house.id, did: house.did, audience: partner?.did ?? '', credentials });
      const page = await read(agent, url, token);
      url = page.next ? new URL(page.next, url).href : first;
      firstByte.push(page.firstByte - began);
      bytes.push(page.bytes);
      return page.end - began;
    };
    return { ...(await repeat(one, count, atOnce)), marks: { firstByte, bytes } };
  };
};

const BODY = JSON.stringify(build.catalogRequest());

async function read(agent: http.Agent, url: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY) };
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  http.request(url, { method: 'POST', agent, headers }, resolve).on('error', reject).end(BODY);
  const answer = await promise;
  let firstByte = Number.NaN;
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    if (bytes === 0) firstByte = performance.now();
    bytes += chunk.length;
  }
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`);
  return { firstByte, end: performance.now(), bytes, next: /<([^>]+)>\s*;\s*rel="?next"?/.exec(String(answer.headers['link'] ?? ''))?.[1] };
}
