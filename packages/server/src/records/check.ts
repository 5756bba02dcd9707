import type { RecordKind } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { checkBomLine } from '@madang/core/footprint/bom.ts';
import { checkFootprint } from '@madang/core/footprint/check.ts';
import { checkItem } from '@madang/core/item.ts';
import { checkPassport } from '@madang/core/passport/check.ts';

function checkObject(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new MadangError('bad_request', { values: { why: 'a JSON object' } });
  return body;
}

const CHECKS: Readonly<Record<RecordKind, { own: (body: unknown) => unknown; received: (body: unknown) => unknown }>> = {
  item: { own: checkItem, received: checkObject },
  'bom-line': { own: checkBomLine, received: checkObject },
  // What we publish keeps every sum rule; published footprints of others often do not.
  footprint: { own: (body) => checkFootprint(body, { strict: true }), received: (body) => checkFootprint(body) },
  passport: { own: checkPassport, received: checkPassport },
};

/** The body of a record as it is stored. @throws MadangError of the kind's own checker */
export const checkBody = (kind: RecordKind, body: unknown, origin: 'own' | 'received'): unknown => CHECKS[kind][origin](body);
