import { builtinModules } from 'node:module';

/** Folders of the server that serve every concept; all others are concepts. */
const COMMON = ['config', 'db', 'http'];

interface Edge {
  readonly from: string;
  readonly to: string;
}

const packageOf = (path: string): string | undefined => /^packages\/(\w+)\//.exec(path)?.[1];
const serverFolder = (path: string): string | undefined => /^packages\/server\/src\/([\w-]+)\//.exec(path)?.[1];
const isNode = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name);
const file = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The concept of a path, for example `negotiation`; undefined outside the server's concepts. */
export function conceptOf(path: string): string | undefined {
  const folder = serverFolder(path);
  return folder === undefined || COMMON.includes(folder) ? undefined : folder;
}

const MAY_IMPORT: Record<string, readonly string[]> = {
  core: ['core'],
  client: ['client', 'core'],
  web: ['web', 'client', 'core'],
  server: ['server', 'core'],
};

/** Why this import breaks the direction `routes -> verb -> core + store`; undefined when it keeps it. */
export function broken({ from, to }: Edge): string | undefined {
  const source = packageOf(from) ?? '';
  const target = packageOf(to);
  if (target !== undefined && !(MAY_IMPORT[source] ?? []).includes(target)) return `${source} does not import ${target}`;
  if (source === 'core' && isNode(to)) return 'core runs in a browser too and has no I/O';
  if (source === 'web' && from.includes('/src/') && isNode(to)) return 'the web app runs in a browser';
  if (source !== 'server') return undefined;

  const here = conceptOf(from);
  const there = conceptOf(to);
  const common = serverFolder(from);
  if ((common === 'db' || common === 'config') && there !== undefined) return `${common} serves every concept and knows none`;
  if (here === undefined || target !== 'server') return undefined;
  if (there !== undefined && here !== there && /^(store|routes)\.ts$/.test(file(to)))
    return `another concept is reached through its verbs, not its ${file(to)}`;
  if (file(to) === 'routes.ts') return 'routes are the way in: no verb and no store knows them';
  if (file(from) === 'routes.ts' && file(to) === 'store.ts') return 'a route calls verbs, the verb calls the store';
  return undefined;
}

/** The first cycle among the edges as a path that ends where it began, or undefined. */
export function cycle(edges: readonly Edge[]): string[] | undefined {
  const next = Map.groupBy(edges, (edge) => edge.from);
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    done.add(node);
    for (const edge of next.get(node) ?? []) {
      const found = walk(edge.to, [...path, node]);
      if (found) return found;
    }
    return undefined;
  };
  for (const node of next.keys()) {
    const found = walk(node, []);
    if (found) return found;
  }
  return undefined;
}
