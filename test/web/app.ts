import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '@madang/client/client.ts';
import type { CreatedParticipant } from '@madang/core/api/views.ts';
import { type Browser, chromium, type Page } from 'playwright-core';
import { dataFolder, freePort, type Program, type Ready, start } from '../process.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const HOST_SECRET = 'a-host-key-for-tests-only';

/** Why the journeys cannot run here, or false. */
export const skip: string | false = existsSync(CHROMIUM) ? false : `no browser at ${CHROMIUM}: set CHROMIUM to one`;

export type Lang = 'ko' | 'en';

export interface Visit {
  readonly lang?: Lang;
  readonly width?: number;
  /** Who has signed in already; nobody when left out. */
  readonly as?: string;
}

/** The real program with the battery example, and a browser before it. */
export interface App extends AsyncDisposable {
  readonly url: string;
  readonly ready: Ready;
  participant(id: string): CreatedParticipant;
  /** The management interface of a participant: what others do while a person looks at the screen. */
  client(id: string): Client;
  /** Hosts one more, with nothing in it. */
  host(id: string): Promise<CreatedParticipant>;
  /** A page of its own session; what goes wrong in it, or is loaded from elsewhere, is said by `faults`. */
  visit(visit?: Visit): Promise<Page>;
  /** Errors of the pages so far, and addresses outside that they asked for. */
  readonly faults: readonly string[];
  stop(): Promise<void>;
  startAgain(): Promise<void>;
}

export async function openApp(): Promise<App> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await dataFolder());
  const port = await freePort();
  const env = { MADANG_PORT: String(port), MADANG_HOST_KEY: HOST_SECRET, MADANG_OUTBOUND: 'loopback' };
  let program: Program = start({ folder: folder.path, args: ['--json'], env });
  stack.defer(() => program[Symbol.asyncDispose]());
  const launched = launch();
  stack.defer(async () => (await launched).close());
  const [ready, browser] = await Promise.all([program.ready, launched]);
  const faults: string[] = [];
  const { url } = ready;
  const participant = (id: string): CreatedParticipant => {
    const found = ready.participants.find((p) => p.id === id);
    if (!found) throw new RangeError(`the example has no participant ${id}`);
    return found;
  };
  const all = stack.move();
  return {
    url,
    ready,
    faults,
    participant,
    client: (id) => createClient({ url, key: participant(id).key }),
    host: (id) => createClient({ url, key: `host.${HOST_SECRET}` }).host('createParticipant', { body: { id, name: `${id} Co.` } }),
    visit: (visit = {}) => open(browser, url, faults, visit, visit.as === undefined ? undefined : participant(visit.as).key),
    stop: async () => void (await program.end('SIGTERM')),
    async startAgain() {
      program = start({ folder: folder.path, args: ['--json'], env });
      await program.ready;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function launch(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath: CHROMIUM, args: [...args, '--no-first-run'] });
}

async function open(browser: Browser, url: string, faults: string[], { lang = 'ko', width = 1280 }: Visit, key?: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 860 },
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
    baseURL: url,
  });
  context.setDefaultTimeout(8_000);
  await context.addInitScript({ path: AXE });
  await context.addInitScript((chosen) => localStorage.getItem('madang.lang') ?? localStorage.setItem('madang.lang', chosen), lang);
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(url) && !/^(data|blob):/.test(asked)) faults.push(`asked elsewhere: ${asked}`);
  });
  page.on('console', (message) => {
    if (/Content Security Policy|React/.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
  });
  if (key !== undefined) await page.request.post('/api/session', { data: { key }, headers: { 'x-madang': '1' } });
  return page;
}
