import type { PassportRef } from '@madang/core/api/views.ts';
import { to } from '../../router.ts';

/** Where a passport's page is in this app: the path of its public address, or built from its id when it was received or is on another host. */
export function pagePath(passport: Pick<PassportRef, 'id' | 'url' | 'receivedFrom'>, participant: string): string {
  if (passport.receivedFrom !== null) return to('passports', participant, passport.id);
  const path = URL.canParse(passport.url) ? new URL(passport.url).pathname : passport.url;
  return path.startsWith('/passports/') ? path : to('passports', participant, passport.id);
}
