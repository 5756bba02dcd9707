import { validateHeaderValue } from 'node:http';
import type { serviceBody } from '@madang/core/api/bodies.ts';
import type { ServiceDetail } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { isSlug } from '@madang/core/id.ts';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { seal, unseal } from '../identity/seal.ts';
import type { House } from '../participants/houses.ts';
import { segmentsOf } from './path.ts';
import { dropService, type ServiceRow, saveService, serviceRow, serviceRows } from './store.ts';

/** They belong to the connection or are made for each request. */
const OWN_HEADERS =
  /^(accept-encoding|connection|content-length|content-type|date|expect|host|keep-alive|proxy-.*|range|te|trailer|transfer-encoding|upgrade)$/i;

/** @throws MadangError `not_found` */
export async function getService(ctx: Context, house: House, id: string): Promise<ServiceDetail> {
  return view(await rowOf(ctx, house, id));
}

export const listServices = async (ctx: Context, house: House): Promise<ServiceDetail[]> =>
  (await ctx.store.read(house.id, serviceRows)).map(view);

/** What is added to each call: for `forward` only. @throws MadangError `not_found` */
export async function openService(
  ctx: Context,
  house: House,
  id: string,
): Promise<{ service: ServiceDetail; secrets: Record<string, string> }> {
  const row = await rowOf(ctx, house, id);
  return { service: view(row), secrets: openHeaders(ctx, house, row) };
}

/**
 * Adds or changes a service. Header values are sealed, and go on to another address only when they are given again.
 * @throws MadangError `service_invalid`, `service_headers_again`, `upstream_forbidden`, `outbound_unreachable`
 */
export async function saveServiceOf(ctx: Context, house: House, id: string, body: z.output<typeof serviceBody>): Promise<ServiceDetail> {
  if (!isSlug(id))
    throw invalid('id', {
      ko: '영문 소문자로 시작하는 소문자·숫자·하이픈 2~40자',
      en: 'small letters, digits and hyphens, 2 to 40, a letter first',
    });
  const base = readBase(body.base);
  for (const path of body.paths)
    if (!segmentsOf(path)?.every((part) => part === '*' || !part.includes('*')))
      throw invalid(path, {
        ko: '/parts/*처럼 *가 한 구간을 통째로 대신하는 경로',
        en: 'a path such as /parts/*, in which * stands for a whole segment',
      });
  await ctx.outbound.checkUpstream(base);

  await ctx.store.write(house.id, async (db) => {
    const before = await serviceRow(db, id);
    const values = headerValues(body.headers, before && { base: before.base, kept: openHeaders(ctx, house, before) }, base);
    await saveService(db, house.id, {
      id,
      title: body.title,
      base,
      methods: [...new Set(body.methods)],
      paths: [...new Set(body.paths)],
      query: [...new Set(body.query)],
      headers: Object.keys(values),
      sealed: seal(ctx.secrets.master, label(house, id), JSON.stringify(values)),
      max_bytes: body.maxBytes,
      timeout_s: body.timeout,
    });
  });
  return getService(ctx, house, id);
}

/** `isShown`: whether an open offer shows it. @throws MadangError `not_found`, `service_in_use` */
export async function removeService(ctx: Context, house: House, id: string, isShown: () => Promise<boolean>): Promise<void> {
  if (await isShown()) throw new MadangError('service_in_use');
  if (!(await ctx.store.write(house.id, (db) => dropService(db, id))))
    throw new MadangError('not_found', { values: { what: id.slice(0, 80) } });
}

/** Without a slash at the end, unless it is all of the path. */
function readBase(text: string): string {
  const url = URL.parse(text);
  const named = url && url.username + url.password === '';
  if (!named || url.search + url.hash !== '' || !segmentsOf(url.pathname))
    throw invalid('base', {
      ko: '사용자 이름·암호·?·#가 없는 http(s) 주소',
      en: 'an http(s) address without user name, password, ? and #',
    });
  return url.origin + url.pathname.replace(/\/+$/, '');
}

type Given = Readonly<Record<string, string | true>>;

function headerValues(
  given: Given,
  before: { base: string; kept: Record<string, string> } | undefined,
  base: string,
): Record<string, string> {
  const values: Record<string, string> = {};
  const missing: string[] = [];
  const seen = new Set<string>();
  const sameOrigin = before !== undefined && new URL(before.base).origin === new URL(base).origin;
  for (const [name, value] of Object.entries(given)) {
    if (OWN_HEADERS.test(name) || seen.has(name.toLowerCase()))
      throw invalid(name, {
        ko: '연결 자체의 헤더가 아니고 한 번만 쓴 이름',
        en: 'a header that is not one of the connection itself, named once',
      });
    seen.add(name.toLowerCase());
    const kept = sameOrigin ? before.kept[name] : undefined;
    const text = value === true ? kept : value;
    if (text === undefined) missing.push(name);
    else values[name] = checkValue(name, text);
  }
  if (missing.length > 0) throw new MadangError('service_headers_again', { values: { names: missing.join(', ') } });
  return values;
}

/** The value itself is in no error. */
function checkValue(name: string, value: string): string {
  try {
    validateHeaderValue(name, value);
    return value;
  } catch {
    throw invalid(name, { ko: '줄바꿈이 없는 라틴 문자 값', en: 'a value of Latin characters without line breaks' });
  }
}

const invalid = (what: string, why: { ko: string; en: string }) =>
  new MadangError('service_invalid', { values: { what: what.slice(0, 100), why_ko: why.ko, why_en: why.en } });

async function rowOf(ctx: Context, house: House, id: string): Promise<ServiceRow> {
  const row = await ctx.store.read(house.id, (db) => serviceRow(db, id));
  if (!row) throw new MadangError('not_found', { values: { what: id.slice(0, 80) } });
  return row;
}

const label = (house: House, id: string) => `${house.id}/service/${id}`;
const openHeaders = (ctx: Context, house: House, { id, sealed }: ServiceRow): Record<string, string> =>
  JSON.parse(unseal(ctx.secrets.master, label(house, id), sealed));

const view = ({ max_bytes, timeout_s, ...row }: ServiceRow): ServiceDetail => ({
  id: row.id,
  title: row.title,
  base: row.base,
  methods: row.methods,
  paths: row.paths,
  query: row.query,
  headers: row.headers,
  maxBytes: Number(max_bytes),
  timeout: timeout_s,
});
