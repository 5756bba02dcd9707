import { ApiError, createClient } from '@madang/client/client.ts';
import type { CreatedParticipant } from '@madang/core/api/views.ts';
import { companyOf, fullName, kindOf, nameOf, OPERATOR, participants, suppliersOf } from './chain.ts';
import type { KeyFile } from './keys.ts';
import type { Stage } from './stage.ts';

interface Entered {
  readonly made: CreatedParticipant;
  readonly known: boolean;
}

/** Hosts everyone; a key that the server knows already is used as it is. */
export async function createParticipants(stage: Stage, keys: KeyFile, url: string, hostKey: string): Promise<void> {
  const host = createClient({ url, key: hostKey });
  const { signal } = stage;
  const enter = async (id: string, name: string): Promise<Entered> => {
    const key = await keys.keyOf(id, name);
    const me = await createClient({ url, key }).call('me', { signal }).catch(notKnown);
    if (me) return { made: { id, name: me.name, did: me.did, dsp: me.dsp, management: me.management, key }, known: true };
    const secret = key.slice(id.length + 1);
    const made = await host.host('createParticipant', { body: { id, name, secret }, signal }).catch((error: unknown) => {
      throw withAdvice(error, keys.path);
    });
    return { made, known: false };
  };
  for (const { id, name } of participants()) {
    const { made } = await stage.step(
      id,
      undefined,
      async () => enter(id, fullName(name)),
      ({ known }) => ({ what: { ko: '참여기업입니다', en: 'is a participant' }, state: known ? 'already' : 'done' }),
    );
    await keys.keep(made);
    stage.enter(made);
  }
}

function notKnown(error: unknown): undefined {
  if (error instanceof ApiError && (error.status === 401 || error.status === 404)) return undefined;
  throw error;
}

/** The participant is there, its key is not: only the person who has the file or the data can help. */
function withAdvice(error: unknown, path: string): unknown {
  if (!(error instanceof ApiError) || error.code !== 'participant_exists') return error;
  const ko = `이 참여기업의 키가 ${path}에 없습니다. 파일을 되돌려 놓거나, 데이터 폴더를 지우고 처음부터 다시 시작하세요.`;
  const en = `The key of this participant is not in ${path}. Put the file back, or remove the data folder and start from nothing.`;
  const { code, status, text } = error;
  return new ApiError({ code, status, text: { ko: `${text.ko} ${ko}`, en: `${text.en} ${en}` } }, { cause: error });
}

/** Fills each address book: suppliers, customers in their groups, the operator, whose credentials are to count. */
export async function meetPartners(stage: Stage): Promise<void> {
  const firms = participants().filter(({ id }) => id !== OPERATOR.id);
  await Promise.all(firms.map(async ({ id }) => fillAddressBook(stage, id)));
}

async function fillAddressBook(stage: Stage, id: string): Promise<void> {
  const client = stage.client(id);
  const { signal } = stage;
  const wanted = neighboursOf(id);
  const names = wanted.map((w) => nameOf(w.id));
  const what = { ko: `주소록: ${names.map((n) => n.ko).join(', ')}`, en: `address book: ${names.map((n) => n.en).join(', ')}` };
  const fill = async () => {
    const known = new Set((await client.call('partners', { signal })).partners.map(({ did }) => did));
    const missing = wanted.filter((w) => !known.has(stage.did(w.id)));
    for (const { id: other, relation, groups } of missing) {
      const body = { did: stage.did(other), name: fullName(nameOf(other)), shortName: other, relation, groups: [...groups] };
      await client.call('putPartner', { body, signal });
    }
    const trusted = (await client.call('me', { signal })).trustedOperators.some(({ did }) => did === stage.did(OPERATOR.id));
    if (!trusted) await client.call('setTrust', { body: { operators: [stage.did(OPERATOR.id)] }, signal });
    return missing.length === 0 && trusted;
  };
  await stage.step(id, undefined, fill, (already) => ({ what, state: already ? 'already' : 'done' }));
}

interface Neighbour {
  readonly id: string;
  readonly relation: 'supplier' | 'customer' | 'operator';
  readonly groups: readonly string[];
}

function neighboursOf(id: string): Neighbour[] {
  return [
    ...suppliersOf(id).map((s): Neighbour => ({ id: s.id, relation: 'supplier', groups: [] })),
    ...(companyOf(id)?.customers ?? []).map((c): Neighbour => ({ id: c, relation: 'customer', groups: [kindOf(c)] })),
    { id: OPERATOR.id, relation: 'operator', groups: [] },
  ];
}
