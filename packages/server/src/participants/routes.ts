import { VERSION, versionDocument, WELL_KNOWN } from '@madang/core/dsp/version.ts';
import type { Hono } from 'hono';
import { deleteCookie, getCookie } from 'hono/cookie';
import { streamSSE } from 'hono/streaming';
import type { Context } from '../context.ts';
import { type Handlers, SESSION_COOKIE } from '../http/management.ts';
import { didDocument } from '../identity/did-web.ts';
import { checkPartner } from './check.ts';
import { issueMembershipTo, listCredentials, storeCredential } from './credentials.ts';
import type { House } from './houses.ts';
import { closeSession } from './keys.ts';
import { describeMe, setTrust } from './me.ts';
import { listPartners, removePartner, savePartner } from './partners.ts';

type Names =
  | 'me'
  | 'signOut'
  | 'setTrust'
  | 'partners'
  | 'putPartner'
  | 'removePartner'
  | 'checkPartner'
  | 'events'
  | 'credentials'
  | 'storeCredential'
  | 'issueMembership';

export const participantHandlers: Handlers<Names> = {
  me: (ctx, { house }) => describeMe(ctx, house),
  async signOut(ctx, { http }) {
    const cookie = getCookie(http, SESSION_COOKIE);
    if (cookie) await closeSession(ctx, cookie);
    deleteCookie(http, SESSION_COOKIE, { path: '/' });
    return { ok: true };
  },
  setTrust: (ctx, { house, body }) => setTrust(ctx, house, body.operators),
  partners: async (ctx, { house }) => ({ partners: await listPartners(ctx, house.id) }),
  putPartner: (ctx, { house, body }) => savePartner(ctx, house.id, body),
  checkPartner: (ctx, { house, params }) => checkPartner(ctx, house.id, params['did'] ?? ''),
  async removePartner(ctx, { house, params }) {
    await removePartner(ctx, house.id, params['did'] ?? '');
    return { ok: true };
  },
  credentials: async (ctx, { house }) => ({ credentials: await listCredentials(ctx, house) }),
  storeCredential: (ctx, { house, body }) => storeCredential(ctx, house, body.jwt),
  issueMembership: async (ctx, { house, body }) => ({ jwt: await issueMembershipTo(ctx, house, body.subject, body.until) }),
  async events(ctx, { house, http }) {
    return streamSSE(http, async (stream) => {
      const ended = Promise.withResolvers<void>();
      stream.onAbort(() => ended.resolve());
      using _ = ctx.changes.listen(house.id, (change) => void stream.writeSSE({ data: JSON.stringify(change) }));
      const beat = setInterval(() => void stream.writeSSE({ event: 'beat', data: '' }), 20_000);
      await ended.promise;
      clearInterval(beat);
    });
  },
};

/** What anyone may read of a participant: its DID document and the protocol versions it speaks. */
export function mountParticipants(app: Hono, ctx: Context): void {
  const entry = (house: House, path: string) => ({ path, identifierType: 'did:web', serviceId: house.did });

  app.get('/participants/:house/did.json', async (http) => {
    const house = ctx.houses.get(http.req.param('house'));
    return http.json(didDocument(house.did, house.dsp, await ctx.keys.publicKeys(house.id)));
  });
  app.get(`/participants/:house${WELL_KNOWN}`, (http) => {
    const house = ctx.houses.get(http.req.param('house'));
    return http.json(versionDocument(entry(house, `/dsp/${VERSION}`)));
  });
  app.get(WELL_KNOWN, (http) => {
    const documents = ctx.houses.all().map((house) => versionDocument(entry(house, `/participants/${house.id}/dsp/${VERSION}`)));
    return http.json({ protocolVersions: documents.flatMap(({ protocolVersions }) => protocolVersions) });
  });
}
