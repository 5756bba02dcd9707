import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';

const DIST = fileURLToPath(new URL('../../../web/dist/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};
/** The page loads nothing from elsewhere and is framed by no one. */
const POLICY =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const API = /^\/(api|participants|\.well-known)(\/|$)/;

/** The web app: its built files, and its one page for every other address that a browser asks for. */
export function mountWeb(app: Hono): void {
  app.get('*', async (http, next) => {
    const { pathname } = new URL(http.req.url);
    if (API.test(pathname)) return next();
    const asset = await read(decodePath(pathname));
    if (asset)
      return http.body(asset.bytes, 200, {
        'content-type': asset.type,
        'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
    const page = http.req.header('accept')?.includes('text/html') ? await read('index.html') : undefined;
    return page
      ? http.body(page.bytes, 200, {
          'content-type': page.type,
          'cache-control': 'no-cache',
          'content-security-policy': POLICY,
          'x-content-type-options': 'nosniff',
        })
      : next();
  });
}

function decodePath(pathname: string): string {
  try {
    return normalize(decodeURIComponent(pathname))
      .replace(/^(\.\.(\/|$))+/, '')
      .replace(/^\/+/, '');
  } catch {
    return '';
  }
}

async function read(path: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | undefined> {
  const type = TYPES[extname(path)];
  if (!type || path.includes('\0')) return undefined;
  try {
    return { bytes: new Uint8Array(await readFile(join(DIST, path))), type };
  } catch {
    return undefined;
  }
}
