import type * as bodies from '@madang/core/api/bodies.ts';
import type { Route } from '@madang/core/api/route.ts';
import type { API, ApiName, HOST_API } from '@madang/core/api/routes.ts';

export type HostName = keyof typeof HOST_API;
type Table = { readonly api: typeof API; readonly host: typeof HOST_API };
export type Place = keyof Table;

/** What may be sent: fields with a default can be left out. */
type Sent<Schema extends { _zod: { input: unknown } }> = Schema['_zod']['input'];

/** Calls whose body or query is more than the checked form that the table carries. */
interface SentBodies {
  'api.createOffer': Sent<typeof bodies.offerBody>;
  'api.putPartner': Sent<typeof bodies.partnerBody>;
  'api.obtain': Sent<typeof bodies.obtainBody>;
  'api.collectFootprints': Sent<typeof bodies.collectBody>;
  'api.importFile': Uint8Array<ArrayBuffer> | Blob;
}
interface SentQueries {
  'api.records': { q?: string; limit?: number; after?: string };
  'api.record': { version?: number };
  'api.exchanges': Omit<Sent<typeof bodies.exchangeQuery>, 'limit'> & { limit?: number };
  'api.template': Sent<typeof bodies.templateQuery>;
  'api.passport': Sent<typeof bodies.passportQuery>;
  'host.passport': Sent<typeof bodies.passportQuery>;
}

type RouteOf<P extends Place, Name extends keyof Table[P]> = Table[P][Name];
type Key<P extends Place, Name> = `${P}.${Name & string}`;
type BodyOf<P extends Place, Name extends keyof Table[P]> =
  Key<P, Name> extends keyof SentBodies ? SentBodies[Key<P, Name>] : RouteOf<P, Name> extends Route<infer Body> ? Body : never;
type QueryOf<P extends Place, Name extends keyof Table[P]> =
  Key<P, Name> extends keyof SentQueries ? SentQueries[Key<P, Name>] : RouteOf<P, Name> extends Route<infer _, infer Query> ? Query : never;

export type ResultOf<P extends Place, Name extends keyof Table[P]> =
  RouteOf<P, Name> extends Route<infer _B, infer _Q, infer Result> ? Result : never;

/** The names behind colons in a path: `'kind' | 'id'` of `/records/:kind/:id`. */
export type PathNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type PathOf<P extends Place, Name extends keyof Table[P]> =
  RouteOf<P, Name> extends { readonly path: infer Path extends string } ? Path : never;
type ParamsOf<P extends Place, Name extends keyof Table[P]> =
  string extends PathOf<P, Name>
    ? Readonly<Record<string, string>> | undefined
    : [PathNames<PathOf<P, Name>>] extends [never]
      ? undefined
      : Readonly<Record<PathNames<PathOf<P, Name>>, string>>;

interface Always {
  readonly signal?: AbortSignal;
}

/** A part that may be undefined, or whose every field may, can be left out. */
type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : undefined extends Value
    ? { readonly [K in Name]?: Value }
    : unknown extends Value
      ? { readonly [K in Name]: unknown }
      : Record<never, never> extends Value
        ? { readonly [K in Name]?: Value }
        : { readonly [K in Name]: Value };

export type Ask<P extends Place, Name extends keyof Table[P]> = Always &
  Part<'params', ParamsOf<P, Name>> &
  Part<'body', BodyOf<P, Name>> &
  Part<'query', QueryOf<P, Name>>;

/** The second argument of a call: needed as soon as one of its parts is. */
export type Asked<P extends Place, Name extends keyof Table[P]> = Always extends Ask<P, Name> ? [ask?: Ask<P, Name>] : [ask: Ask<P, Name>];

export type Call = <Name extends ApiName>(name: Name, ...ask: Asked<'api', Name>) => Promise<ResultOf<'api', Name>>;
export type HostCall = <Name extends HostName>(name: Name, ...ask: Asked<'host', Name>) => Promise<ResultOf<'host', Name>>;
