import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers every request with the same bytes, from memory. */
const page = Buffer.alloc(Number(process.argv[2]), 'x');
const server = http.createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'content-length': page.length }).end(page));
});
server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.once('disconnect', () => process.exit());
