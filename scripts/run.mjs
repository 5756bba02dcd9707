// node scripts/run.mjs <command> [arguments]
//
// Plain JavaScript on purpose: it runs on the machine's own Node (20 or newer) before anything is installed, installs what
// package-lock.json asks for, and starts everything else on the pinned Node, which runs TypeScript as it is.
// Everything said here goes to stderr: stdout belongs to the command.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statfsSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(ROOT, ...parts);
const say = (ko, en) => process.stderr.write(`${ko}\n${en}\n`);

/** Ends the launcher with a sentence that says what is wrong and what to do. */
class Stop extends Error {
  constructor(ko, en, code = 1) {
    super(`${ko}\n${en}`);
    this.code = code;
  }
}

const DISK_FULL = () =>
  new Stop('디스크가 부족합니다. 1 GB 이상 비운 뒤 다시 실행하세요.', 'The disk is full. Free at least 1 GB, then run this again.');

const COMMANDS = {
  start: async (args) => {
    await buildWeb();
    return node([at('packages/server/src/main.ts'), 'start', ...args]);
  },
  test: (args) =>
    tests(
      testFiles().filter((file) => !file.startsWith('test/web/')),
      args,
    ),
  'test:web': async (args) => {
    await buildWeb();
    return tests(
      testFiles().filter((file) => file.startsWith('test/web/')),
      args,
    );
  },
  'tck:dsp': (args) => node([at('test/conformance/dsp/run.ts'), ...args]),
  'interop:edc': (args) => node([at('test/interop/edc/run.ts'), ...args]),
  check,
  bench: async (args) => {
    await buildWeb();
    return node([at('bench/run.ts'), ...args]);
  },
  storm: (args) => node([at('test/storm/run.ts'), ...args]),
  reference: (args) => node([at('scripts/reference.ts'), ...args]),
  // File arguments are meant from where the person stands; npm runs scripts at the root.
  madang: (args) => node([at('packages/client/src/main.ts'), ...args], { cwd: process.env.INIT_CWD ?? process.cwd() }),
};

try {
  const [command, ...args] = process.argv.slice(2);
  const run = Object.hasOwn(COMMANDS, command ?? '') ? COMMANDS[command] : undefined;
  const names = Object.keys(COMMANDS).join(', ');
  if (!run) throw new Stop(`명령을 하나 고르세요: ${names}`, `Give one of the commands: ${names}`, 2);
  await install();
  process.exitCode = await run(args);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code;
}

/** Brings node_modules to what the lock file says; a digest kept inside tells when that was last done. */
async function install() {
  const stamp = at('node_modules/.madang-lock');
  const lock = at('package-lock.json');
  const digest = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  // npm writes its own copy of the lock when an install ends well: someone has just run it by hand.
  if (newest([at('node_modules/.package-lock.json')]) < newest([lock])) await npmCi();
  try {
    writeFileSync(stamp, digest);
  } catch {
    // Installed by another user: nothing to keep, npm's own copy of the lock answers the next time too.
  }
}

async function npmCi() {
  // npm reports success when only optional packages (Node, PostgreSQL) did not fit.
  const { bavail, bsize } = statfsSync(ROOT);
  if (bavail * bsize < 1e9) throw DISK_FULL();
  say(
    '필요한 패키지를 설치합니다. 처음 한 번, 보통 1분 안에 끝납니다.',
    'Installing packages. Only the first time, usually within a minute.',
  );
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const ticker = setInterval(() => say(`  설치 중, ${seconds()}초`, `  installing, ${seconds()} s`), 10_000);
  // The folder of the pinned Node may stand first in PATH and is about to be replaced: npm must run on the machine's own.
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => !entry.startsWith(at('node_modules')));
  const flags = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--loglevel=error',
  ];
  let told = '';
  const code = await child('npm', flags, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: path.join(delimiter) },
    watch: (npm) =>
      npm.stderr.setEncoding('utf8').on('data', (text) => {
        told += text;
      }),
  }).finally(() => clearInterval(ticker));
  if (code !== 0) throw whyNpmFailed(code, told);
  const missing = ownBinaries().filter((name) => !existsSync(at('node_modules', name, 'package.json')));
  if (missing.length > 0) {
    rmSync(at('node_modules/.package-lock.json'), { force: true });
    throw new Stop(
      `받지 못한 패키지가 있습니다: ${missing.join(', ')}. 다시 실행하세요.`,
      `Not everything arrived: ${missing.join(', ')} is missing. Run this again.`,
    );
  }
  say(`설치를 마쳤습니다 (${seconds()}초).`, `Installed (${seconds()} s).`);
}

/** The optional packages that are made for this machine: they hold the programs that we run. */
function ownBinaries() {
  const { optionalDependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  return Object.keys(optionalDependencies).filter((name) => name.endsWith(`${process.platform}-${process.arch}`));
}

function whyNpmFailed(code, told) {
  if (code === 'ENOENT')
    return new Stop(
      'npm이 없습니다. npm을 설치한 뒤 다시 실행하세요.',
      'There is no npm on this machine. Install npm, then run this again.',
    );
  if (/ENOSPC|no space left/i.test(told)) return DISK_FULL();
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(told)) {
    return new Stop(
      '패키지 저장소에 닿지 않습니다. 인터넷 연결이나 프록시 설정을 확인한 뒤 다시 실행하세요.',
      'The package registry cannot be reached. Check the connection or the proxy settings, then run this again.',
    );
  }
  if (/EACCES|EPERM|EROFS/.test(told))
    return new Stop(
      `${ROOT} 에 쓸 수 없습니다. 쓸 수 있는 사용자로 실행하세요.`,
      `${ROOT} cannot be written to. Run this as a user who may.`,
    );
  const cause = told.trim().split('\n').slice(0, 12).join('\n');
  return new Stop(`설치하지 못했습니다. npm의 설명은 다음과 같습니다.`, `The installation failed. npm says:\n${cause}`);
}

/** The Node that everything runs on: the one that the lock file pins, else this one when it is new enough. */
function pinnedNode() {
  const pinned = at('node_modules', `node-${process.platform}-${process.arch}`, 'bin/node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Stop(
    `이 컴퓨터(${process.platform} ${process.arch})에 맞는 Node가 함께 설치되지 않습니다. Node 24 이상을 설치한 뒤 다시 실행하세요.`,
    `No Node comes with Madang for this machine (${process.platform} ${process.arch}). Install Node 24 or newer, then run this again.`,
  );
}

/**
 * Runs the pinned Node and resolves with its exit code. The child is in a group of its own: a signal to the whole group (Ctrl-C,
 * `timeout`) reaches it once, through the launcher. Should the launcher itself be killed, the channel between the two closes and
 * the child gets the SIGTERM that could no longer be passed on.
 */
function node(args, options = {}) {
  const orphan = "process.once('disconnect', () => process.kill(process.pid, 'SIGTERM')); process.channel?.unref();";
  return child(
    pinnedNode(),
    ['--disable-warning=ExperimentalWarning', '--import', `data:text/javascript,${encodeURIComponent(orphan)}`, ...args],
    {
      cwd: ROOT,
      detached: true,
      stdio: ['inherit', options.quiet ? 2 : 'inherit', 'inherit', 'ipc'],
      ...options,
      env: { ...process.env, NODE_COMPILE_CACHE: at('node_modules/.cache/compile') },
    },
  );
}

/** Resolves with the exit code, 128 + signal, or the code of the error that kept the program from starting. */
function child(program, args, { watch, ...options }) {
  return new Promise((resolve) => {
    const running = spawn(program, args, options);
    watch?.(running);
    const passed = new Map();
    const pass = (signal) => {
      const last = passed.get(signal) ?? 0;
      passed.set(signal, Date.now());
      // npm repeats what the terminal has sent already, and a second signal means impatience: the child shall get one.
      if (Date.now() - last > 1000) running.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    // npm killed outright passes nothing on; what is left of it is that the launcher has another parent.
    const parent = process.ppid;
    const orphaned = setInterval(() => process.ppid !== parent && pass('SIGTERM'), 500).unref();
    if (!process.env.npm_lifecycle_event) clearInterval(orphaned);
    const done = (code) => {
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, pass);
      resolve(code);
    };
    running.once('error', (error) => done(error.code));
    running.once('exit', (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}

/** Builds the web app when one of its sources, or the lock, is newer than the last build. */
async function buildWeb() {
  const stamp = at('packages/web/dist/.built');
  const sources = ['packages/web', 'packages/core/src', 'packages/client/src'].flatMap((folder) => files(at(folder)));
  const began = new Date();
  if (newest([...sources.filter((file) => !file.includes('.test.')), at('package-lock.json')]) <= newest([stamp])) return;
  say('화면을 준비합니다.', 'Preparing the pages.');
  const code = await node([at('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: at('packages/web'), quiet: true });
  if (code !== 0) throw new Stop('화면을 만들지 못했습니다. 위의 오류를 확인하세요.', 'The pages could not be built. See the error above.');
  writeFileSync(stamp, '');
  utimesSync(stamp, began, began);
}

/** Runs node:test, whose closing lines stay the last thing printed. Filters are parts of file paths; flags go to node:test. */
async function tests(all, args) {
  const filters = args.filter((arg) => !arg.startsWith('-'));
  const chosen = filters.length === 0 ? all : all.filter((file) => filters.some((filter) => file.includes(filter.replace(/^\.\//, ''))));
  if (chosen.length === 0) throw new Stop(`맞는 시험이 없습니다: ${filters.join(' ')}`, `No test matches: ${filters.join(' ')}`);
  return node(['--test', '--test-concurrency=2', ...args.filter((arg) => arg.startsWith('-')), ...chosen]);
}

function testFiles() {
  return ['packages', 'test', 'bench']
    .flatMap((folder) => files(at(folder)))
    .filter((file) => /\.test\.tsx?$/.test(file))
    .map((file) => relative(ROOT, file));
}

/** All checks run, so that one look shows everything that is wrong. */
async function check() {
  const steps = {
    types: ['typescript/bin/tsc', '--noEmit', '-p', '.'],
    format: ['@biomejs/biome/bin/biome', 'check', '--max-diagnostics=50', '.'],
    lint: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
    unused: ['knip/bin/knip.js', '--no-progress'],
  };
  const lines = [];
  let failed = 0;
  for (const [name, [tool, ...args]] of Object.entries(steps)) {
    const began = Date.now();
    const code = await node([at('node_modules', tool), ...args]);
    if (code !== 0) failed += 1;
    lines.push(`${code === 0 ? '✔' : '✖'} ${name.padEnd(8)} ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  return failed === 0 ? 0 : 1;
}

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

/** The latest change of any of the files, in ms since 1970; 0 when none exists. */
function newest(paths) {
  return Math.max(0, ...paths.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)));
}
