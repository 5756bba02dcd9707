import { useSyncExternalStore } from 'react';

/** What an address shows. `path` keeps the parts that the room itself reads. */
export interface Place {
  readonly room: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

/** `/exchanges/a%3Ab?state=mine` is room `exchanges`, path `['a:b']`. */
export function placeOf(address: string): Place {
  const url = new URL(address, 'http://here');
  const [room = '', ...path] = url.pathname.split('/').filter(Boolean).map(decode);
  return { room: room || 'home', path, query: url.searchParams };
}

/** A path whose parts may hold any character: `to('partners', did)`. */
export const to = (...parts: readonly string[]): string => `/${parts.map(encodeURIComponent).join('/')}`;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const listeners = new Set<() => void>();
let moves = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  globalThis.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    globalThis.removeEventListener('popstate', listener);
  };
}

const address = () => location.pathname + location.search;

/** Goes to an address of this app without loading the page anew. */
export function navigate(path: string): void {
  if (path !== address()) history.pushState(null, '', path);
  moves += 1;
  if (!path.startsWith(`${location.pathname}#`)) scrollTo(0, 0);
  for (const listener of listeners) listener();
}

/** Changes one value of the query without a new entry in the history. */
export function setQuery(name: string, value: string | null): void {
  const query = new URLSearchParams(location.search);
  if (value) query.set(name, value);
  else query.delete(name);
  const text = query.toString();
  history.replaceState(null, '', location.pathname + (text && `?${text}`));
  for (const listener of listeners) listener();
}

/** How often the person moved on since the page was loaded; a first page does not take the focus. */
export const movesSoFar = (): number => moves;

export const usePlace = (): Place => placeOf(useSyncExternalStore(subscribe, address));
