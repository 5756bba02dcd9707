import http from 'node:http';

/** Requests to the management interface over kept connections. Node's own client, so that the one who measures takes little of the machine. */
export interface Door extends Disposable {
  /** Answers the JSON of a 2xx; throws with the text of anything else. */
  send<T>(method: string, url: string, key: string, body?: unknown): Promise<T>;
  /** Resolves when the stream is open; then calls `onData` with the JSON of each event until the stream is disposed. */
  listen(url: string, key: string, onData: (data: unknown) => void): Promise<Disposable>;
}

export function openDoor(): Door {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 128, maxFreeSockets: 128 });

  return {
    async send<T>(method: string, url: string, key: string, json?: unknown): Promise<T> {
      const body = json === undefined ? '' : JSON.stringify(json);
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const answer = await ask(url, { method, agent, headers }, body);
      const text = await read(answer);
      if (Math.trunc((answer.statusCode ?? 0) / 100) !== 2) throw new Error(`${method} ${url}: ${answer.statusCode} ${text}`);
      return JSON.parse(text) as T;
    },
    async listen(url, key, onData) {
      const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
      const request = http.get(url, { headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream' } }, resolve);
      request.on('error', reject);
      const answer = await promise;
      if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${await read(answer)}`);
      let rest = '';
      answer.setEncoding('utf8').on('error', () => {});
      answer.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() as string;
        // A heartbeat has no data.
        for (const line of lines) if (/^data: *\S/.test(line)) onData(JSON.parse(line.slice(5)));
      });
      return { [Symbol.dispose]: () => void request.destroy() };
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

/** A kept connection that the server closed at the very moment of asking is no answer: asked again on another one. */
function ask(url: string, options: http.RequestOptions, body: string): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, options, resolve);
    request.once('error', (error: NodeJS.ErrnoException) => {
      if (request.reusedSocket && error.code === 'ECONNRESET') resolve(ask(url, options, body));
      else reject(error);
    });
    request.end(body);
  });
}

async function read(answer: http.IncomingMessage): Promise<string> {
  answer.setEncoding('utf8');
  let text = '';
  for await (const chunk of answer) text += chunk;
  return text;
}
