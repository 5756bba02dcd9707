import { extname } from 'node:path';

const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const LONGEST = 200;

/** A file's name without folders and without what is not seen or turns the writing around. Never empty. */
export function cleanName(name: string): string {
  const last = name.toWellFormed().replace(UNSAFE, '').split(/[/\\]/).at(-1)?.trim() ?? '';
  const cut = Array.from(last).slice(0, LONGEST).join('');
  return /^\.*$/.test(cut) ? 'file' : cut;
}

/** By the ending of the name, of files that firms exchange. */
const TYPES: Readonly<Record<string, string>> = {
  '.bin': 'application/octet-stream',
  '.bmp': 'image/bmp',
  '.csv': 'text/csv',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.gif': 'image/gif',
  '.gz': 'application/gzip',
  '.html': 'text/html',
  '.hwp': 'application/x-hwp',
  '.hwpx': 'application/hwp+zip',
  '.ifc': 'application/x-step',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.jsonld': 'application/ld+json',
  '.md': 'text/markdown',
  '.mp4': 'video/mp4',
  '.ndjson': 'application/x-ndjson',
  '.parquet': 'application/vnd.apache.parquet',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  '.step': 'model/step',
  '.stp': 'model/step',
  '.svg': 'image/svg+xml',
  '.tar': 'application/x-tar',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.ttl': 'text/turtle',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
};

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[^"\\\r\n]*"))*$/;

/** The first of what was said that is a media type, else the one of the name's ending. A type that browsers and tools send for anything says nothing. */
export function mediaTypeOf(name: string, ...said: readonly (string | undefined)[]): string {
  const given = said.find((type) => type !== undefined && type.length <= 200 && MEDIA_TYPE.test(type) && !SAYS_NOTHING.test(type));
  return given ?? TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
}

const SAYS_NOTHING = /^(application\/octet-stream|application\/x-www-form-urlencoded|\*\/\*)\s*(;|$)/i;
