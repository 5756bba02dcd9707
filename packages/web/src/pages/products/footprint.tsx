import type { FootprintView } from '@madang/core/api/views.ts';
import { useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { Section } from '../../parts/section.tsx';
import { useMe } from '../../session.tsx';
import { ComputeForm } from './compute-form.tsx';
import { FootprintBody } from './footprint-body.tsx';

/** The newest own footprint of a product with everything behind it, and the step that makes a new one. */
export function FootprintTab({ item }: { item: string }) {
  const words = useWords();
  const { client } = useMe();
  const t = words.products.footprint;
  const all = useLive('footprints', ['record'], async (signal) => (await client.call('footprints', { signal })).footprints);
  return (
    <div className="stack wide">
      <Section title={words.products.tabs.footprint} purpose={t.purpose}>
        <Load live={all}>
          {(footprints) => {
            const newest = newestOf(footprints, item);
            return newest ? <WholeFootprint key={newest.id} id={newest.id} /> : <Empty text={t.empty} />;
          }}
        </Load>
      </Section>
      <Section title={t.compute}>
        <ComputeForm item={item} onDone={all.reload} />
      </Section>
    </div>
  );
}

function WholeFootprint({ id }: { id: string }) {
  const { client } = useMe();
  const footprint = useLive(`footprint ${id}`, ['record'], (signal) => client.call('footprint', { params: { id }, signal }));
  return <Load live={footprint}>{(data) => <FootprintBody footprint={data} />}</Load>;
}

function newestOf(footprints: readonly FootprintView[], item: string): FootprintView | undefined {
  return footprints
    .filter((f) => f.item === item)
    .toSorted((a, b) => b.computedAt.localeCompare(a.computedAt))
    .at(0);
}
