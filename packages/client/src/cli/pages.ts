type Page<Item> = { readonly next: string | null } & ({ readonly offers: readonly Item[] } | { readonly datasets: readonly Item[] });

/** Everything of a list that comes in pages. */
export async function allPages<Item>(read: (after: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  for (let after: string | undefined; ; ) {
    const page = await read(after);
    all.push(...('offers' in page ? page.offers : page.datasets));
    if (!page.next) return all;
    after = page.next;
  }
}
