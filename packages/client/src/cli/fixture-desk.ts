import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractServer, type Request } from './fixture-server.ts';
import { NURI } from './fixture-views.ts';
import { run } from './run.ts';

/** `drawn`: what was written over and over on the terminal. */
interface Said {
  readonly code: number;
  readonly out: string[];
  readonly err: string[];
  readonly drawn: string[];
  readonly text: string;
}

/** For tests of the command line: a server that answers as told, a folder with demo.json, and the command itself. */
export interface Desk extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  /** What was asked so far. */
  readonly asked: Request[];
  /** What to answer, by the name of the call. */
  readonly answers: Record<string, (request: Request) => unknown>;
  readonly madang: (...args: string[]) => Promise<Said>;
  readonly asGaram: Desk['madang'];
}

export async function openDesk(): Promise<Desk> {
  const asked: Request[] = [];
  const answers: Desk['answers'] = {
    partners: () => ({
      partners: [
        {
          ...NURI,
          shortName: 'nurideul',
          dsp: 'd',
          relation: 'supplier',
          groups: [],
          reach: { state: 'reached', since: null, error: null },
        },
      ],
    }),
  };
  const { url, server } = await contractServer((request) => {
    asked.push(request);
    return answers[request.name];
  });
  const folder = await mkdtemp(join(tmpdir(), 'madang-cli-'));
  const garam = { id: 'garam', name: '가람팩시스템', did: 'did:web:x', dsp: 'd', management: 'm', key: 'garam.ok' };
  await mkdir(join(folder, '.madang'));
  await writeFile(join(folder, '.madang', 'host.key'), 's3cret\n');
  await writeFile(join(folder, '.madang', 'demo.json'), JSON.stringify({ url, participants: { garam } }));

  const madang: Desk['madang'] = async (...args) => {
    const out: string[] = [];
    const err: string[] = [];
    const drawn: string[] = [];
    const code = await run(args, {
      out: (l) => out.push(l),
      err: (l) => err.push(l),
      terminal: (l) => drawn.push(l),
      env: { LANG: 'en_US.UTF-8', ERP_KEY: 'k3y' },
      folder,
      signal: new AbortController().signal,
    });
    return { code, out, err, drawn, text: [...out, ...err].join('\n') };
  };
  const close = async () => {
    server.close();
    await rm(folder, { recursive: true });
  };
  return {
    url,
    folder,
    asked,
    answers,
    madang,
    asGaram: async (...args) => madang(...args, '--as', 'garam'),
    [Symbol.asyncDispose]: close,
  };
}
