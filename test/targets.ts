import { HOST_API, ROUTES } from '@madang/core/api/routes.ts';
import { ENDPOINTS } from '@madang/core/dsp/path.ts';
import { agree, type Network, offerItem } from './network.ts';
import { type Answer, type Ask, send } from './wire.ts';

/** One address of a server, asked by someone who may: a participant, the host, or a partner. */
export interface Target {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** It takes JSON. */
  readonly hasBody: boolean;
  readonly send: (ask: Partial<Ask>) => Promise<Answer>;
}

export interface Targets {
  readonly all: readonly Target[];
  /** A path with right values, or those given, in its places. */
  readonly fill: (path: string) => string;
}

/** Every address of a network with the participants `maker` and `supplier`. The stream of events has no end and takes no input. */
export async function findTargets(network: Network): Promise<Targets> {
  const [maker, supplier] = [network.member('maker'), network.member('supplier')];
  const { id: exchange } = await agree(supplier, maker, await offerItem(maker));
  const ids: Readonly<Record<string, string>> = { did: supplier.did, kind: 'item', item: 'x', participant: 'maker', pid: exchange };
  const fill = (path: string) => path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(ids[name] ?? 'x'));

  const key = { authorization: `Bearer ${maker.key}` };
  const management = ROUTES.filter(({ form }) => form !== 'events').map(
    ({ name, method, path, body, form }): Target => ({
      name,
      method,
      path,
      hasBody: body !== undefined && form !== 'file',
      send: (ask) => send(maker.management, { method, path: fill(path), headers: key, ...ask }),
    }),
  );
  const hostKey = { authorization: `Bearer ${network.hostKey}` };
  const host = Object.entries(HOST_API).map(([name, route]): Target => {
    const path = `/api${route.path}`;
    const { method } = route;
    return {
      name: `host ${name}`,
      method,
      path,
      hasBody: 'body' in route && route.body !== undefined,
      send: (ask) => send(network.url, { method, path: fill(path), headers: hostKey, ...ask }),
    };
  });
  const protocol = ENDPOINTS.map(
    ({ message, method, path }): Target => ({
      name: `${method} ${path}`,
      method,
      path,
      hasBody: message !== null,
      send: (ask) => network.signed('supplier', 'maker', { method, path: fill(path), ...ask }),
    }),
  );
  // A page of a catalogue, which its link may be followed to by either method.
  const page = protocol.filter(({ path }) => path === '/catalog/request').map((target) => ({ ...target, method: 'GET', hasBody: false }));
  return { all: [...management, ...host, ...protocol, ...page], fill };
}
