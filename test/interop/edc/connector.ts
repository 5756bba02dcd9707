import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The name of DSP 2025-1 over HTTP in the connector's management interface. */
export const PROTOCOL = 'dataspace-protocol-http:2025-1';

/** How many ports a connector listens on. */
const PORTS = 6;
const LONGEST_START_MS = 120_000;
const MACHINES = ['negotiation.consumer', 'negotiation.provider', 'transfer', 'dataplane', 'data.plane.selector'];

export interface ConnectorOptions {
  readonly classPath: string;
  /** For settings and log; made when absent. */
  readonly folder: string;
  /** The id under which others know it: in a data space of DIDs, its DID. */
  readonly participant: string;
  /** The first of its ports in a row. */
  readonly port: number;
  /** Where others reach its protocol, without the version; its own port when left out. */
  readonly callback?: string;
  /** Milliseconds between two looks of its state machines; the connector's own 1,000 when left out. */
  readonly wait?: number;
}

/** One Eclipse EDC connector in a process of its own: everything in memory, mock identity. Disposing it stops the process. */
export interface Connector extends AsyncDisposable {
  readonly participant: string;
  readonly pid: number;
  readonly management: string;
  /** Where it listens for the protocol, without the version. */
  readonly protocol: string;
  /** Milliseconds from the start of the process to its word that it is ready. */
  readonly readyAfter: number;
  log(): string;
}

/** Starts a connector; resolves when it says that it is ready. Throws with the end of its log when it ends before. */
export async function startConnector(options: ConnectorOptions): Promise<Connector> {
  const { classPath, folder, participant, port } = options;
  mkdirSync(folder, { recursive: true });
  const [settings, log] = [join(folder, 'edc.properties'), join(folder, 'edc.log')];
  writeFileSync(
    settings,
    Object.entries(settingsOf(options))
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  const began = performance.now();
  const output = openSync(log, 'w');
  const args = ['-Xmx1g', `-Dedc.fs.config=${settings}`, '-cp', classPath, 'org.eclipse.edc.boot.system.runtime.BaseRuntime'];
  const child = spawn('java', args, { stdio: ['ignore', output, output] });
  closeSync(output);
  const ended = once(child, 'exit').catch((error: Error) => [error.message]);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
  };
  const read = () => readFileSync(log, 'utf8');
  // Its readiness endpoint answers before its routes do; the line in its log does not.
  while (!/Runtime \S+ ready/.test(read())) {
    if (over || performance.now() - began > LONGEST_START_MS) {
      await stop();
      throw new Error(`the connector did not start:\n${read().slice(-4_000)}`);
    }
    await sleep(20);
  }
  return {
    participant,
    pid: child.pid ?? 0,
    management: `http://127.0.0.1:${port + 1}/management/v3`,
    protocol: `http://127.0.0.1:${port + 2}/protocol`,
    readyAfter: performance.now() - began,
    log: read,
    [Symbol.asyncDispose]: stop,
  };
}

/** The first of so many free ports in a row, below those that the system gives to outgoing connections. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const first = 20_000 + randomInt(12_000);
    const free = await Promise.all(Array.from({ length: PORTS }, (_, i) => isFree(first + i)));
    if (free.every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

function settingsOf({ participant, port, callback, wait }: ConnectorOptions): Record<string, string | number> {
  const waits = wait === undefined ? [] : MACHINES.map((machine) => [`edc.${machine}.state-machine.iteration-wait-millis`, wait] as const);
  return {
    'edc.participant.id': participant,
    'edc.participant.context.id': participant,
    'edc.hostname': '127.0.0.1',
    'web.http.port': port,
    'web.http.path': '/api',
    'web.http.management.port': port + 1,
    'web.http.management.path': '/management',
    'web.http.protocol.port': port + 2,
    'web.http.protocol.path': '/protocol',
    'web.http.control.port': port + 3,
    'web.http.control.path': '/control',
    'web.http.version.port': port + 4,
    'web.http.version.path': '/version',
    'madang.data.port': port + 5,
    'edc.dsp.callback.address': callback ?? `http://127.0.0.1:${port + 2}/protocol`,
    'edc.transfer.proxy.token.signer.privatekey.alias': 'private-key',
    'edc.transfer.proxy.token.verifier.publickey.alias': 'public-key',
    ...Object.fromEntries(waits),
  };
}
