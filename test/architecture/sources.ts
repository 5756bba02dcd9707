import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The text of a file of the repository, by its path from the root. */
export const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Files below a folder, as paths from the root, in order. Installed and built folders are left out. */
export function files(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...files(path));
    else found.push(path);
  }
  return found.sort();
}

export const isSource = (file: string): boolean => /\.(ts|tsx|mjs)$/.test(file);
export const isTest = (file: string): boolean => /\.(test|fixture)\.tsx?$/.test(file);

interface Import {
  readonly from: string;
  /** Path from the root of a file of this repository, else the name as written (`node:fs`, `zod`). */
  readonly to: string;
  /** Only types cross: nothing is left of it at run time. */
  readonly typeOnly: boolean;
}

const STATIC = /^(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s*)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g;

/** The imports that a source text of the house style writes: statements at the start of a line, and `import('…')`. */
export function importsIn(from: string, text: string): Import[] {
  const resolve = (name: string): string => {
    if (name.startsWith('.')) return posix.join(posix.dirname(from), name);
    return name.replace(/^@madang\/(\w+)\//, 'packages/$1/src/');
  };
  return [
    ...[...text.matchAll(STATIC)].map((m) => ({ from, to: resolve(m[2] ?? ''), typeOnly: m[1] !== undefined })),
    ...[...text.matchAll(DYNAMIC)].map((m) => ({ from, to: resolve(m[1] ?? ''), typeOnly: false })),
  ];
}

export const importsOf = (file: string): Import[] => importsIn(file, read(file));
