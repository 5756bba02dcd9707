import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Why the kit cannot run here and what to do, in Korean and English. */
export class Stop extends Error {
  constructor(ko: string, en: string) {
    super(`${ko}\n${en}`);
  }
}

const POM = join(import.meta.dirname, 'pom.xml');
const LAUNCHER = join(import.meta.dirname, 'Kit.java');
const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/tck-dsp');

const NEEDED = () =>
  new Stop(
    '공식 시험 도구에는 JDK 17 이상과 Maven이 필요합니다. 설치한 뒤 다시 실행하세요 (Debian: apt-get install default-jdk-headless maven). Java 없이는 npm test -- conformance 가 같은 시험을 합니다.',
    'The official test kit needs a JDK, 17 or newer, and Maven. Install them, then run this again (Debian: apt-get install default-jdk-headless maven). Without Java, npm test -- conformance runs the same tests.',
  );

const program = (name: string, home: string | undefined) => (home ? join(home, 'bin', name) : name);
const java = () => program('java', process.env['JAVA_HOME']);

/** @throws Stop when there is no JDK that runs the launcher from its source */
export async function checkJava(): Promise<void> {
  const modules = await run(java(), ['--list-modules']).then(
    ({ stdout }) => stdout,
    () => '',
  );
  const version = Number(/^jdk\.compiler@(\d+)/m.exec(modules)?.[1] ?? 0);
  if (version < 17) throw NEEDED();
}

/** The folder with the kit's jars, fetched by Maven the first time. @throws Stop */
export async function jars(): Promise<string> {
  const version = createHash('sha256')
    .update(await readFile(POM))
    .digest('hex')
    .slice(0, 12);
  const folder = join(CACHE, version);
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(join(CACHE, 'draft-'));
  try {
    // -C: a jar whose checksum differs is refused.
    await run('mvn', ['-q', '-B', '-C', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${draft}`], { timeout: 300_000 });
    await rename(draft, folder);
    return folder;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 'ENOENT') throw NEEDED();
    throw new Stop(
      '시험 도구를 Maven Central에서 받지 못했습니다. 인터넷 연결이나 Maven 설정을 확인한 뒤 다시 실행하세요.',
      `The test kit could not be fetched from Maven Central. Check the connection or Maven's settings, then run this again.\n${stdout}${stderr}`.trim(),
    );
  }
}

/**
 * Runs the kit with the settings of a file; each line that it prints is handed on.
 * @throws the reason of `signal` when the kit had to be stopped; an Error when it did not end well
 */
export async function kit(folder: string, settings: string, onLine: (line: string) => void, signal: AbortSignal): Promise<void> {
  const child = spawn(java(), ['-cp', join(folder, '*'), LAUNCHER, settings], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on('error', () => {}).once('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) onLine(line);
  const code = await ended;
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`the kit ended with ${code}:\n${told}`);
}
