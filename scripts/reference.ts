import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PAGES } from './reference/pages.ts';

const folder = new URL('../docs/reference/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const { file, render } of PAGES) {
  writeFileSync(new URL(file, folder), render());
  process.stdout.write(`${fileURLToPath(new URL(file, folder))}\n`);
}
