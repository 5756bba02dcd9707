import type { PartnerView } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { parseMessage } from '@madang/core/dsp/message.ts';
import { joinBase } from '@madang/core/dsp/path.ts';
import type { MessageMap } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import type { Context } from '../context.ts';
import { parseJson } from '../http/json.ts';
import type { OutboundAnswer } from '../http/outbound.ts';
import { signToken } from '../identity/token.ts';
import type { House } from '../participants/houses.ts';
import { fromAnswer } from '../protocol/reasons.ts';
import { atKnown, linkOf } from './link.ts';
import type { DescribedDataset } from './read.ts';

export { type DescribedDataset, kindOf, productsIn, titleOf } from './read.ts';

interface Asking {
  readonly ctx: Context;
  readonly house: House;
  readonly partner: PartnerView;
  readonly purpose: string | undefined;
}

/** Bytes of one answer: a partner that knows no pages sends all at once. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_PAGES = 2_000;
const MOST_DATASETS = 100_000;

/** Sends a request of the catalogue protocol, signed. @throws MadangError `outbound_unreachable` */
async function ask({ ctx, house, partner, purpose }: Asking, url: string, body?: object, etag?: string): Promise<OutboundAnswer> {
  const token = await signToken(ctx.keys, {
    participant: house.id,
    did: house.did,
    audience: partner.did,
    credentials: await ctx.wallet.show(house.id),
    purpose,
  });
  const answer = await ctx.outbound.send({
    method: body ? 'POST' : 'GET',
    url,
    headers: { authorization: `Bearer ${token}`, ...(etag === undefined ? {} : { 'if-none-match': etag }) },
    ...(body ? { body: JSON.stringify(body) } : {}),
    maxBytes: MOST_BYTES,
  });
  ctx.reaches.met(house.id, partner.did);
  return answer;
}

/** @throws MadangError `peer_refused`, `peer_unreadable` */
function read<T extends 'Catalog' | 'Dataset'>(partner: PartnerView, type: T, answer: OutboundAnswer): MessageMap[T] {
  if (answer.status !== 200) throw refusal(partner.name, answer);
  const { value, why } = parseJson(answer.text);
  if (why !== undefined) throw unreadable(partner, { ko: `JSON: ${why}`, en: `JSON: ${why}` });
  try {
    return parseMessage(type, value);
  } catch (cause) {
    throw cause instanceof MadangError ? unreadable(partner, cause.text) : cause;
  }
}

const unreadable = ({ name }: PartnerView, { ko, en }: Text) =>
  new MadangError('peer_unreadable', { values: { name, why_ko: ko, why_en: en } });

function refusal(name: string, { status, text }: OutboundAnswer): MadangError {
  const reasons = fromAnswer(text);
  const why = reasons[0]?.text ?? { ko: `HTTP ${status}`, en: `HTTP ${status}` };
  return new MadangError('peer_refused', { values: { name, why_ko: why.ko, why_en: why.en }, data: reasons });
}

/** A page of a partner's catalogue. */
export interface FetchedPage {
  readonly url: string;
  readonly etag: string | null;
  /** Null: the same as before, by the entity tag that was sent along. */
  readonly datasets: readonly DescribedDataset[] | null;
}

interface Wish {
  readonly purpose?: string | undefined;
  /** In the form of our own filter. A partner that does not take it is asked for everything: who asks looks at what comes in any case. */
  readonly filter?: readonly object[];
  /** Entity tags of pages by their addresses. */
  readonly known?: ReadonlyMap<string, string>;
}

/**
 * The pages of a partner's catalogue, one after the other by its `Link` headers.
 * @throws MadangError `peer_refused`, `peer_unreadable`, `outbound_unreachable`
 */
export async function* fetchPages(ctx: Context, house: House, partner: PartnerView, wish: Wish = {}): AsyncGenerator<FetchedPage> {
  const asking = { ctx, house, partner, purpose: wish.purpose };
  const first = joinBase(partner.dsp, '/catalog/request');
  const seen = new Set<string>();
  let filter = wish.filter;
  let url: string | undefined = first;
  for (let count = 0; url !== undefined && !seen.has(url) && seen.size < MOST_PAGES && count < MOST_DATASETS; ) {
    const here: string = url;
    seen.add(here);
    const body = build.catalogRequest(filter);
    const etag = wish.known?.get(here);
    let answer = await ask(asking, here, body, etag);
    if (here === first && filter && REFUSES_FILTER.has(answer.status)) {
      filter = undefined;
      answer = await ask(asking, here, build.catalogRequest(), etag);
    }
    // The specification leaves open how a page is fetched.
    if (here !== first && (answer.status === 404 || answer.status === 405)) answer = await ask(asking, here, undefined, etag);
    const same = answer.status === 304 && etag !== undefined;
    const datasets = same ? null : datasetsOf(read(partner, 'Catalog', answer));
    count += datasets?.length ?? 0;
    yield { url: here, etag: same ? etag : tagOf(answer), datasets };
    const link = linkOf([answer.headers.link ?? []].flat().join(', '), 'next');
    // A page that is empty is the last, whatever it links to.
    url = link === undefined || datasets?.length === 0 ? undefined : atKnown(here, link);
  }
}

/** What connectors answer to a filter that they do not know. */
const REFUSES_FILTER: ReadonlySet<number> = new Set([400, 422, 500, 501]);

const tagOf = ({ headers: { etag } }: OutboundAnswer): string | null => (etag !== undefined && etag.length <= 200 ? etag : null);

/** With those of the catalogues inside it, one level down. */
function datasetsOf({ dataset = [], catalog = [] }: MessageMap['Catalog']): DescribedDataset[] {
  return [...dataset, ...catalog.flatMap((nested) => nested.dataset ?? [])] as DescribedDataset[];
}

/** The first dataset that is wanted, of those that a partner shows us; the rest is not asked for. @throws MadangError as `fetchPages` */
export async function findDataset(
  ctx: Context,
  house: House,
  partner: PartnerView,
  wish: Wish,
  isWanted: (dataset: DescribedDataset) => boolean,
): Promise<DescribedDataset | null> {
  for await (const { datasets } of fetchPages(ctx, house, partner, wish)) {
    const found = datasets?.find(isWanted);
    if (found) return found;
  }
  return null;
}

/** @throws MadangError `peer_refused` when it is unknown or hidden */
export async function fetchDataset(
  ctx: Context,
  house: House,
  partner: PartnerView,
  id: string,
  purpose?: string,
): Promise<DescribedDataset> {
  const answer = await ask({ ctx, house, partner, purpose }, joinBase(partner.dsp, '/catalog/datasets/:id', { id }));
  const dataset = read(partner, 'Dataset', answer);
  if (dataset['@id'] !== id) throw unreadable(partner, { ko: `다른 데이터셋 ${dataset['@id']}`, en: `another dataset, ${dataset['@id']}` });
  return dataset as unknown as DescribedDataset;
}
