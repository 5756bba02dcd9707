import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** One end of the pipe: a server that sends the file of its path, or a client that writes what comes to a file. */
if (process.argv[2] === 'server') {
  const server = http.createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
} else process.on('message', (order: { url: string; to: string }) => void fetchTo(order));
process.once('disconnect', () => process.exit());

async function serve({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-length': (await stat(url)).size });
  await pipeline(createReadStream(url), response);
}

async function fetchTo({ url, to }: { url: string; to: string }): Promise<void> {
  const began = performance.now();
  const answer = await new Promise<IncomingMessage>((resolve, reject) => http.get(url, resolve).on('error', reject));
  await pipeline(answer, createWriteStream(to, { flush: true }));
  process.send?.({ ms: performance.now() - began });
}
