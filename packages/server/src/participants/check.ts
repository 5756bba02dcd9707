import type { CheckView, Reach } from '@madang/core/api/views.ts';
import { VERSION, WELL_KNOWN } from '@madang/core/dsp/version.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import type { Context } from '../context.ts';
import { parseJson } from '../http/json.ts';
import { getPartner } from './partners.ts';

/** Folders above its endpoints that are looked through for the version document: the specification does not tell which one is the root. */
const DEEPEST = 5;
/** Names shown of a document that anyone may have written. */
const MOST = 20;

/**
 * Asks the partner's connector which versions of the protocol it speaks, and keeps whether it answers.
 * @throws MadangError `partner_unknown`
 */
export async function checkPartner(ctx: Context, participant: string, did: string): Promise<CheckView> {
  const { dsp } = await getPartner(ctx, participant, did);
  const start = performance.now();
  const { versions, error } = await ask(ctx, dsp);
  const took = Math.round(performance.now() - start);
  const reach: Omit<Reach, 'since'> = error ? { state: 'unreachable', error } : { state: 'reached', error: null };
  const since = await ctx.reaches.save(participant, did, reach);
  if (!error) ctx.dispatcher.heard(ctx.houses.get(participant), did);
  return { reach: { ...reach, since }, took, versions };
}

async function ask(ctx: Context, dsp: string): Promise<{ versions: readonly string[]; error?: Text }> {
  let error: Text = NO_DOCUMENT;
  for (const url of placesOf(dsp)) {
    try {
      const answer = await ctx.outbound.send({ method: 'GET', url, maxBytes: 256 * 1024, timeout: 10_000 });
      if (answer.status >= 500)
        error = { ko: `상대가 HTTP ${answer.status}로 답했습니다.`, en: `The other side answered HTTP ${answer.status}.` };
      const versions = answer.status === 200 ? versionsIn(answer.text) : undefined;
      if (versions?.includes(VERSION)) return { versions };
      if (versions) return { versions, error: otherVersions(versions) };
    } catch (cause) {
      if (!(cause instanceof MadangError)) throw cause;
      // No other folder of the same server is nearer.
      return { versions: [], error: cause.text };
    }
  }
  return { versions: [], error };
}

/** The folder of the endpoints, then those above it. */
function placesOf(dsp: string): string[] {
  const { origin, pathname } = new URL(dsp);
  const parts = pathname.split('/').filter((part) => part !== '');
  const folders = Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i));
  return folders.slice(0, DEEPEST).map((folder) => `${[origin, ...folder].join('/')}${WELL_KNOWN}`);
}

function versionsIn(text: string): string[] | undefined {
  const { protocolVersions } = Object(parseJson(text).value) as { protocolVersions?: unknown };
  if (!Array.isArray(protocolVersions)) return undefined;
  const names = protocolVersions.map((entry: { version?: unknown } | null) => entry?.version);
  return [...new Set(names.filter((name) => typeof name === 'string'))].slice(0, MOST).map((name) => name.slice(0, 40));
}

const NO_DOCUMENT = {
  ko: '서버는 답하지만 Dataspace Protocol의 버전 문서가 없습니다. 파트너의 주소가 맞는지 상대에게 확인하세요.',
  en: 'A server answers, but has no version document of the Dataspace Protocol. Check the partner’s address with the other side.',
};
const otherVersions = (versions: readonly string[]): Text => ({
  ko: `상대 커넥터는 ${VERSION} 판을 쓰지 않습니다(${versions.join(', ') || '없음'}). 상대에게 ${VERSION} 판의 주소를 확인하세요.`,
  en: `The other connector does not speak version ${VERSION} (${versions.join(', ') || 'none'}). Ask the other side for the address of ${VERSION}.`,
});
