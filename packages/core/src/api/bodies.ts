import { z } from 'zod';
import { DATA_KINDS, EXCHANGE_ACTIONS, FORMATS, PASSPORT_VIEWS, RECORD_KINDS } from './views.ts';

const did = z.string().regex(/^did:web:[A-Za-z0-9.%:_-]+$/, 'a did:web identifier');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-12-31');
const instant = z.iso.datetime({ offset: true });
/** A query holds text; a program gives the number. */
const pageSize = z.coerce.number<number>().int().min(1).max(500).default(100);
const slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'small letters, digits and hyphens, 2 to 40, a letter first');

/** What a person chooses when filling the blanks of an offer; turned into ODRL by `policy/explain.ts`. */
export const choices = z.strictObject({
  partners: z.array(did).min(1).optional(),
  groups: z.array(z.string().min(1)).min(1).optional(),
  members: z.boolean().optional(),
  purposes: z.array(z.string().min(1)).min(1).optional(),
  from: day.optional(),
  until: day.optional(),
});

/** Either filled blanks or the ODRL rules themselves. */
export const policyInput = z.union([z.strictObject({ choices }), z.strictObject({ odrl: z.unknown() })]);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 as 64 hexadecimal digits');

export const view = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(RECORD_KINDS),
    ids: z.array(z.string().min(1)).min(1),
    fields: z.union([z.literal('whole'), z.array(z.string().min(1)).min(1)]),
  }),
  z.strictObject({ kind: z.literal('file'), sha256 }),
  z.strictObject({ kind: z.literal('service'), id: slug }),
]);

/** What a dataset holds; what is left out is taken from the records, where there are any. */
export const about = z.strictObject({
  standard: z.strictObject({ name: z.string().min(1).max(100), version: z.string().min(1).max(40) }).optional(),
  products: z.array(z.string().min(1).max(500)).max(500).optional(),
  classes: z.array(z.string().min(1).max(200)).max(100).optional(),
  period: z.strictObject({ start: instant, end: instant }).optional(),
  languages: z
    .array(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as ko'))
    .max(50)
    .optional(),
});

export const offerBody = z.strictObject({
  title: z.string().min(1).max(200),
  view,
  about: about.default({}),
  access: policyInput,
  contract: policyInput,
  answer: z.enum(['auto', 'manual']).default('auto'),
});

export const tryBody = z.strictObject({
  offer: z.string().optional(),
  /** What a draft would be called in the sentences; a stored offer has its own title. */
  title: z.string().min(1).max(200).optional(),
  access: policyInput.optional(),
  contract: policyInput.optional(),
  /** All partners of the address book when left out. */
  partner: did.optional(),
  purpose: z.string().optional(),
  at: instant.optional(),
});

export const sessionBody = z.strictObject({ key: z.string().min(1) });
export const participantBody = z.strictObject({
  id: slug,
  name: z.string().min(1).max(200),
  /** The secret part of the management key. Given by a caller that must be able to repeat the call after a crash: the same secret answers the same. */
  secret: z
    .string()
    .regex(/^[A-Za-z0-9_-]{32,100}$/, '32 to 100 letters, digits, - or _')
    .optional(),
});
export const partnerBody = z.strictObject({
  did,
  name: z.string().min(1).max(200),
  shortName: slug,
  /** Found through the DID document when left out. */
  dsp: z.url().optional(),
  relation: z.enum(['supplier', 'customer', 'operator', 'other']).default('other'),
  groups: z.array(z.string().min(1)).default([]),
});
export const trustBody = z.strictObject({ operators: z.array(did) });
const searched = {
  q: z.string().max(200).optional(),
  kind: z.enum(DATA_KINDS).optional(),
  class: z.string().max(200).optional(),
  product: z.string().max(500).optional(),
  limit: pageSize,
  after: z.string().optional(),
};
/** `refresh`: asks the partner now; otherwise what was kept, refreshed when it is old. */
export const catalogBody = z.strictObject({
  partner: did,
  refresh: z.boolean().default(true),
  /** Only the dataset of this id. */
  dataset: z.string().min(1).optional(),
  ...searched,
});
export const catalogSearchQuery = z.strictObject({ partner: did.optional(), ...searched });
export const fileQuery = z.strictObject({ name: z.string().min(1).max(200), type: z.string().min(3).max(100).optional() });
export const serviceBody = z.strictObject({
  title: z.string().min(1).max(200),
  base: z.url({ protocol: /^https?$/ }),
  methods: z
    .array(z.enum(['GET', 'POST']))
    .min(1)
    .default(['GET']),
  paths: z.array(z.string().regex(/^\/[^?#]*$/, 'a path such as /parts/*')).min(1),
  query: z.array(z.string().min(1).max(100)).default([]),
  /** Added to every call. A header that is kept from before is given as `true`. */
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.union([z.string().max(8_000), z.literal(true)])).default({}),
  maxBytes: z.number().int().min(1).max(10_737_418_240).default(67_108_864),
  timeout: z.number().min(1).max(600).default(30),
});
export const fetchBody = z.strictObject({
  method: z.enum(['GET', 'POST']).default('GET'),
  path: z.string().max(2_000).default(''),
  query: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  /** Name of the file that the answer is stored as. */
  name: z.string().min(1).max(200).optional(),
});
export const negotiateBody = z.strictObject({
  partner: did,
  dataset: z.string().min(1),
  offer: z.string().min(1).optional(),
  purpose: z.string().optional(),
});
export const transferBody = z.strictObject({ agreement: z.string().min(1), format: z.enum(FORMATS).default('HttpData-PULL') });
export const obtainBody = z.strictObject({
  partner: did,
  dataset: z.string().min(1).optional(),
  product: z.string().min(1).optional(),
  kind: z.enum(RECORD_KINDS).default('footprint'),
  purpose: z.string().optional(),
  /** Seconds to wait for the end before answering `waiting`. */
  wait: z.number().min(0).max(60).default(10),
});
export const actionBody = z.strictObject({ action: z.enum(EXCHANGE_ACTIONS), reason: z.string().min(1).max(500).optional() });
export const collectBody = z.strictObject({
  item: z.string().min(1),
  purpose: z.string().default('product-footprint'),
  wait: z.number().min(0).max(60).default(10),
});
export const computeBody = z.strictObject({
  item: z.string().min(1),
  periodStart: instant,
  periodEnd: instant,
  country: z.string().regex(/^[A-Z]{2}$/),
});
export const passportBody = z.strictObject({ item: z.string().min(1) });
export const passportQuery = z.strictObject({ view: z.enum(PASSPORT_VIEWS).default('public') });
export const membershipBody = z.strictObject({ subject: did, until: day });
export const credentialBody = z.strictObject({ jwt: z.string().min(1) });
export const listQuery = z.strictObject({
  q: z.string().optional(),
  limit: pageSize,
  after: z.string().optional(),
});
export const versionQuery = z.strictObject({ version: z.coerce.number<number>().int().min(1).optional() });
export const exchangeQuery = z.strictObject({
  protocol: z.enum(['negotiation', 'transfer']).optional(),
  partner: did.optional(),
  limit: pageSize,
  /** Identifier of the last exchange of the page before. */
  after: z.string().optional(),
});
export const importQuery = z.strictObject({ kind: z.enum(['item', 'bom', 'footprint']), name: z.string().min(1) });
export const templateQuery = z.strictObject({ format: z.enum(['xlsx', 'csv']).default('xlsx'), lang: z.enum(['ko', 'en']).default('ko') });
export const chainQuery = z.strictObject({ item: z.string().optional() });
