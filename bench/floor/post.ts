import http from 'node:http';

/** Posts JSON over kept connections and resolves with the answer's JSON. Throws unless it is 2xx. */
export function openPost() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 128, maxFreeSockets: 128 });
  return {
    post(url: string, token: string, json: object): Promise<unknown> {
      const body = Buffer.from(JSON.stringify(json));
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': body.length };
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const request = http.request(url, { method: 'POST', agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (answer.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${url}: ${answer.statusCode} ${text}`));
        });
      });
      request.on('error', reject);
      request.end(body);
      return promise;
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}
