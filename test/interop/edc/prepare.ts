import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Stop } from '../../conformance/dsp/java.ts';

const run = promisify(execFile);

const HERE = import.meta.dirname;
const POM = join(HERE, 'pom.xml');
const EXTENSION = join(HERE, 'extension');
const CACHE = join(HERE, '../../../node_modules/.cache/edc');

/** The release that the POM names. */
export const edcVersion = async (): Promise<string> => /<edc>(.+?)<\/edc>/.exec(await readFile(POM, 'utf8'))?.[1] ?? '';

/**
 * Fetches the connector from Maven Central and compiles our extension, once for each state of both; resolves with the class path.
 * @throws Stop without Maven and a JDK, or when nothing could be fetched
 */
export async function prepare(): Promise<string> {
  const files = [POM, ...(await filesOf(EXTENSION))];
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  const folder = join(CACHE, hash.digest('hex').slice(0, 12));
  const classPath = `${join(folder, 'lib', '*')}:${join(folder, 'classes')}`;
  if (existsSync(folder)) return classPath;
  await mkdir(CACHE, { recursive: true });
  // Made aside and moved when whole: an interrupted download is never taken for one.
  const draft = await mkdtemp(join(CACHE, 'draft-'));
  const [lib, classes] = [join(draft, 'lib'), join(draft, 'classes')];
  try {
    // -C: a jar whose checksum differs is refused.
    await run('mvn', ['-q', '-B', '-C', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`], { timeout: 300_000 });
    const sources = files.filter((file) => file.endsWith('.java'));
    await run('javac', ['-proc:none', '-nowarn', '--release', '17', '-cp', join(lib, '*'), '-d', classes, ...sources]);
    await cp(join(EXTENSION, 'META-INF'), join(classes, 'META-INF'), { recursive: true });
    await rename(draft, folder);
    return classPath;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw stopFor(error as { code?: unknown; stdout?: string; stderr?: string });
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function stopFor({ code, stdout = '', stderr = '' }: { code?: unknown; stdout?: string; stderr?: string }): Stop {
  if (code === 'ENOENT')
    return new Stop(
      'Eclipse EDC를 실행하려면 JDK 17 이상과 Maven이 필요합니다. 설치한 뒤 다시 실행하세요 (Debian: apt-get install default-jdk-headless maven).',
      'Eclipse EDC needs a JDK, 17 or newer, and Maven. Install them, then run this again (Debian: apt-get install default-jdk-headless maven).',
    );
  return new Stop(
    'Eclipse EDC를 Maven Central에서 받아 준비하지 못했습니다. 인터넷 연결이나 Maven 설정을 확인한 뒤 다시 실행하세요.',
    `Eclipse EDC could not be fetched from Maven Central and made ready. Check the connection or Maven's settings, then run this again.\n${stdout}${stderr}`.trim(),
  );
}
