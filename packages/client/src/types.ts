import type { Route } from '@madang/core/api/route.ts';
import type { API, ApiName, HOST_API } from '@madang/core/api/routes.ts';

export type HostName = keyof typeof HOST_API;
type Table = { readonly api: typeof API; readonly host: typeof HOST_API };
export type Place = keyof Table;

/** The bytes of a file; an AsyncIterable is any Node or web stream. */
export type Content = Uint8Array<ArrayBuffer> | Blob | AsyncIterable<Uint8Array>;

/** Calls whose body is the bytes of a file, so that no schema describes it. */
interface FileBodies {
  'api.importFile': Uint8Array<ArrayBuffer> | Blob;
  'api.putFile': Content;
}

type RouteOf<P extends Place, Name extends keyof Table[P]> = Table[P][Name];
type Key<P extends Place, Name> = `${P}.${Name & string}`;
type BodyOf<P extends Place, Name extends keyof Table[P]> =
  Key<P, Name> extends keyof FileBodies
    ? FileBodies[Key<P, Name>]
    : RouteOf<P, Name> extends Route<infer _B, infer _Q, infer _R, infer Sent>
      ? Sent
      : never;
type QueryOf<P extends Place, Name extends keyof Table[P]> =
  RouteOf<P, Name> extends Route<infer _B, infer _Q, infer _R, infer _S, infer Sent> ? Sent : never;

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
/** More about an upload: bytes in all, where a stream does not say it itself, and how many were handed over so far. */
interface Uploaded {
  readonly size?: number;
  readonly onProgress?: (bytes: number) => void;
}

/** Calls that answer with a file. */
export type DownloadName = { [Name in ApiName]: ResultOf<'api', Name> extends Uint8Array ? Name : never }[ApiName];

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
  (Key<P, Name> extends 'api.putFile' ? Uploaded : unknown) &
  Part<'params', ParamsOf<P, Name>> &
  Part<'body', BodyOf<P, Name>> &
  Part<'query', QueryOf<P, Name>>;

/** The second argument of a call: needed as soon as one of its parts is. */
export type Asked<P extends Place, Name extends keyof Table[P]> = Always extends Ask<P, Name> ? [ask?: Ask<P, Name>] : [ask: Ask<P, Name>];

export type Call = <Name extends ApiName>(name: Name, ...ask: Asked<'api', Name>) => Promise<ResultOf<'api', Name>>;
export type HostCall = <Name extends HostName>(name: Name, ...ask: Asked<'host', Name>) => Promise<ResultOf<'host', Name>>;
