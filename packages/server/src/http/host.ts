import { participantBody, sessionBody } from '@madang/core/api/bodies.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Context } from '../context.ts';
import { createParticipant } from '../participants/create.ts';
import { checkHostKey, houseOfKey, houseOfSession, openSession } from '../participants/keys.ts';
import { describeMe } from '../participants/me.ts';
import { readJson } from './body.ts';
import { SESSION_COOKIE } from './management.ts';

const VERSION = '0.1.0';

/** The calls that name no participant: state, sign-in, and hosting a new participant. */
export function mountHost(app: Hono, ctx: Context): void {
  app.get('/api/status', (http) => http.json({ version: VERSION, ready: true, participants: ctx.houses.all().length }));

  app.post('/api/session', async (http) => {
    // A form of another site cannot send JSON as such: nobody is signed in to a house that is not theirs.
    if (!http.req.header('content-type')?.startsWith('application/json'))
      throw new MadangError('bad_request', { values: { why: 'content-type: application/json' } });
    const { key } = sessionBody.parse(await readJson(http));
    const house = await houseOfKey(ctx, key.trim());
    setCookie(http, SESSION_COOKIE, await openSession(ctx, house), {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      secure: ctx.publicUrl.startsWith('https:'),
      maxAge: 12 * 3600,
    });
    return http.json(await describeMe(ctx, house));
  });

  app.get('/api/session', async (http) => {
    const cookie = getCookie(http, SESSION_COOKIE);
    if (!cookie) throw new MadangError('unauthorized');
    return http.json(await describeMe(ctx, await houseOfSession(ctx, cookie)));
  });

  app.post('/api/participants', async (http) => {
    checkHostKey(ctx, http.req.header('authorization'));
    return http.json(await createParticipant(ctx, participantBody.parse(await readJson(http))), 201);
  });
}
