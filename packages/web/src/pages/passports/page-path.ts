import type { PassportRef } from '@madang/core/api/views.ts';
import { to } from '../../router.ts';

/** Where a passport's page is in this app: the path of its public address, or built from its id when that is on another host. */
export function pagePath(passport: Pick<PassportRef, 'id' | 'url'>, participant: string): string {
  const path = URL.canParse(passport.url) ? new URL(passport.url).pathname : passport.url;
  return path.startsWith('/passports/') ? path : to('passports', participant, passport.id);
}
