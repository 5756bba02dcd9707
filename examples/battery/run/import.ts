import { readdir, readFile } from 'node:fs/promises';
import { ApiError } from '@madang/client/client.ts';
import type { ImportView } from '@madang/core/api/views.ts';
import type { Company } from './chain.ts';
import { fillTemplate } from './spreadsheet.ts';
import type { Stage, Told } from './stage.ts';

const ORDER = ['item', 'bom', 'footprint'] as const;
type Kind = (typeof ORDER)[number];
const FILE = /^(item|bom|footprint)\.(json|csv|xlsx)$/;

/** Brings a company's files through the door, items first. A file that is there already is left alone. */
export async function importFiles(stage: Stage, company: Company): Promise<void> {
  const { id } = company;
  const folder = new URL(`../${id}/`, import.meta.url);
  const files = (await readdir(folder)).flatMap((name) => {
    const kind = FILE.exec(name)?.[1] as Kind | undefined;
    return kind ? [{ name, kind }] : [];
  });
  if (files.length === 0) throw new RangeError(`no files to import in ${folder.pathname}`);
  for (const { name: onDisk, kind } of files.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))) {
    const bytes = new Uint8Array(await readFile(new URL(onDisk, folder)));
    const [name, body] = company.spreadsheet ? [`${kind}.xlsx`, await inTemplate(stage, id, kind, bytes)] : [onDisk, bytes];
    const bring = async () =>
      stage.client(id).call('importFile', { query: { kind, name }, body, signal: stage.signal }).catch(thereAlready);
    await stage.step(id, undefined, bring, (done) => told(name, done));
  }
}

async function inTemplate(stage: Stage, id: string, kind: Kind, csv: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const template = await stage
    .client(id)
    .call('template', { params: { kind }, query: { format: 'xlsx', lang: 'ko' }, signal: stage.signal });
  return fillTemplate(template, new TextDecoder().decode(csv));
}

function thereAlready(error: unknown): undefined {
  if (error instanceof ApiError && error.code === 'import_duplicate') return undefined;
  throw error;
}

function told(name: string, done: ImportView | undefined): Told {
  if (!done || done.stored === 0) return { what: { ko: `${name}: 이미 가져왔습니다`, en: `${name}: imported before` }, state: 'already' };
  return { what: { ko: `${name}: ${done.stored}건을 가져왔습니다`, en: `${name}: imported ${done.stored}` } };
}
