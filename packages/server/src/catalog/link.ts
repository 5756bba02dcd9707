/** The target of the first link of a `Link` header (RFC 8288) with a relation, or undefined. */
export function linkOf(header: string, relation: string): string | undefined {
  for (const [, target, parameters = ''] of header.matchAll(/<([^>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:"[^"]*"|[^\s;,"]+))?)*)/g)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters);
    if ((rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/).includes(relation)) return target;
  }
  return undefined;
}

/**
 * Where a partner's link leads, at the address by which we know the partner: behind a proxy it may know itself by another one, and a link
 * must not lead our token to somebody else. Undefined for what is no link.
 */
export function atKnown(base: string, link: string): string | undefined {
  const target = URL.parse(link, base);
  const known = URL.parse(base);
  if (!target || !known || !/^https?:$/.test(target.protocol)) return undefined;
  const url = new URL(known);
  const path = target.origin !== known.origin && target.pathname.endsWith('/catalog/request') ? known.pathname : target.pathname;
  url.pathname = path;
  url.search = target.search;
  return url.href;
}
