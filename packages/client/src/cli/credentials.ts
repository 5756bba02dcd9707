import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CreatedParticipant } from '@madang/core/api/views.ts';
import { UsageError } from './usage.ts';

/** `demo.json` of a data folder, written by the example's run with mode 0600. */
export interface Credentials {
  readonly url: string;
  readonly participants: Readonly<Record<string, CreatedParticipant>>;
}

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));

/** The folder that was named; else the first `.madang` here, in a folder above, or in the repository. */
export function dataFolder(named: string | undefined, from: string): string | undefined {
  if (named) return resolve(from, named);
  return [...above(resolve(from)), REPOSITORY].map((place) => join(place, '.madang')).find((place) => existsSync(place));
}

export function credentialsIn(folder: string | undefined): Credentials | undefined {
  const text = content(folder, 'demo.json');
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Credentials;
  } catch {
    throw new UsageError({
      ko: `${folder}/demo.json이 깨졌습니다. 지우고 madang start를 다시 실행하세요.`,
      en: `${folder}/demo.json is damaged. Remove it and run madang start again.`,
    });
  }
}

/** The host key, of which the data folder keeps the secret part. */
export function hostKeyIn(folder: string | undefined): string | undefined {
  const secret = content(folder, 'host.key')?.trim();
  return secret && `host.${secret}`;
}

/** Where the server of a data folder listens, unless its configuration says otherwise. */
export function addressIn(folder: string | undefined): string | undefined {
  const port = content(folder, 'port')?.trim();
  return port && `http://localhost:${port}`;
}

function content(folder: string | undefined, name: string): string | undefined {
  if (!folder || !existsSync(join(folder, name))) return undefined;
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError({
      ko: `${join(folder, name)}을(를) 읽을 수 없습니다: ${why}`,
      en: `${join(folder, name)} cannot be read: ${why}`,
    });
  }
}

function above(folder: string): string[] {
  const up = dirname(folder);
  return up === folder ? [folder] : [folder, ...above(up)];
}
