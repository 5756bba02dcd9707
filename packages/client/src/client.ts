import { API, HOST_API } from '@madang/core/api/routes.ts';
import type { ChangeEvent } from '@madang/core/api/views.ts';
import type { Door } from './door.ts';
import { type Download, type DownloadOptions, download } from './download.ts';
import { listen } from './events.ts';
import { type Parts, send, urlOf } from './send.ts';
import type { Ask, Call, DownloadName, HostCall } from './types.ts';

export { ApiError } from './error.ts';

export interface ClientOptions {
  /** Address of the server, such as `http://localhost:8080`; empty or left out in a browser: the page's own. */
  url?: string;
  /** Id of the participant that speaks; known from a management key. */
  participant?: string;
  /** Management key (`garam.…`) or host key (`host.…`). Without one the browser's cookie is used. */
  key?: string;
  fetch?: typeof fetch;
}

export interface Client {
  readonly url: string;
  readonly participant: string | undefined;
  /** A call of the participant's own interface. Throws ApiError. */
  readonly call: Call;
  /** A call that answers with a file, of any size: read as it comes, from any byte on. Throws ApiError. */
  readonly download: <Name extends DownloadName>(name: Name, ask: Omit<Ask<'api', Name>, 'signal'> & DownloadOptions) => Promise<Download>;
  /** A call of the whole server. Throws ApiError. */
  readonly host: HostCall;
  /** Resolves when the signal aborts; `onOpen` is called whenever the stream opened anew and changes may have been missed. */
  readonly events: (onChange: (change: ChangeEvent) => void, signal: AbortSignal, onOpen?: () => void) => Promise<void>;
}

/** The management interface of one participant, typed by the table of calls that the server answers from. */
export function createClient(options: ClientOptions = {}): Client {
  const participant = options.participant ?? participantOf(options.key);
  const url = (options.url ?? '').replace(/\/+$/, '');
  // Called as a method of another object, a browser's fetch refuses to work.
  const door: Door = { url, key: options.key, fetch: options.fetch ?? ((...ask) => globalThis.fetch(...ask)) };
  const base = () => {
    if (!participant) throw new RangeError('the client has no participant: give one, or a management key');
    return `/participants/${encodeURIComponent(participant)}/api`;
  };
  return {
    url,
    participant,
    call: (async (name, ask?: Parts) => send(door, base(), API[name], ask ?? {})) as Call,
    download: async (name, ask) => download(door, urlOf(door, base(), API[name], ask as Parts), ask),
    host: (async (name, ask?: Parts) => send(door, '/api', HOST_API[name], ask ?? {})) as HostCall,
    events: async (onChange, signal, onOpen) => listen(door, base() + API.events.path, onChange, signal, onOpen),
  };
}

/** The part of a management key before the dot; undefined for a host key. */
export function participantOf(key: string | undefined): string | undefined {
  const id = key?.includes('.') ? key.slice(0, key.indexOf('.')) : undefined;
  return id === 'host' ? undefined : id;
}
