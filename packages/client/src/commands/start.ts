import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Command } from '../cli/context.ts';

const SERVER = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));

export const start: Command = {
  summary: { ko: '서버를 켜고 배터리 예제를 실행합니다', en: 'Start the server and run the battery example' },
  usage: ['start [options of the server]'],
  example: 'start --json',
  options: {},
  passes: true,
  run: async ({ given, env, folder, signal }) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SERVER, 'start', ...given.words], {
      stdio: 'inherit',
      env: { ...env },
      cwd: folder,
    });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop);
    const exit = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, how) => resolve(code ?? 128 + (how ? constants.signals[how] : 0)));
    });
    signal.removeEventListener('abort', stop);
    return { value: null, lines: [], exit };
  },
};
