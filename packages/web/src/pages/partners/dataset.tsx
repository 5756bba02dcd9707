import type { CatalogDataset } from '@madang/core/api/views.ts';
import { useState } from 'react';
import { useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { AboutFacts } from '../../parts/about.tsx';
import { Crumb } from '../../parts/crumb.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { Ways } from '../../parts/ways.tsx';
import { kindWord } from '../../parts/words.ts';
import { to } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { useDataset } from '../exchanges/dataset.ts';
import { Course } from './course.tsx';
import { Negotiate } from './negotiate.tsx';

/** One dataset of a partner: what it holds, its terms, how it travels; one button asks for it, and what then happens is seen here. */
export function DatasetPage({ did, id }: { did: string; id: string }) {
  const words = useWords();
  const dataset = useDataset(did, id);
  const partner = dataset.data?.partner.name ?? did;
  return (
    <Page
      title={dataset.data?.title ?? id}
      purpose={dataset.data && [partner, kindWord(words, dataset.data.kind)].filter(Boolean).join(' · ')}
      above={<Crumb href={to('partners', did) + location.search}>{partner}</Crumb>}
    >
      <Load live={dataset}>{(data) => (data ? <Body dataset={data} /> : <Empty text={words.catalogue.gone} />)}</Load>
    </Page>
  );
}

function Body({ dataset }: { dataset: CatalogDataset }) {
  const words = useWords();
  const t = words.catalogue;
  const { did } = dataset.partner;
  const { client } = useMe();
  const [asked, setAsked] = useState<string | null>(null);
  const exchanges = useLive(
    `exchanges of ${did}`,
    ['exchange'],
    async (signal) => (await client.call('exchanges', { query: { partner: did }, signal })).exchanges,
  );
  const ours = exchanges.data?.filter((e) => e.dataset === dataset.id && e.role === 'consumer') ?? [];
  const latest = ours.find((e) => e.protocol === 'negotiation');
  const negotiation = asked ?? latest?.id;
  return (
    <div className="stack wide">
      <Section title={t.terms}>
        {dataset.offers.map((offer, i) => (
          <Negotiate
            key={offer.id}
            dataset={dataset}
            offer={offer}
            name={dataset.offers.length > 1 ? t.variant(i + 1) : null}
            before={negotiation === undefined ? 'none' : latest?.state === 'TERMINATED' ? 'ended' : 'alive'}
            onAsked={(exchange) => {
              setAsked(exchange);
              exchanges.reload();
            }}
          />
        ))}
      </Section>
      {negotiation !== undefined && <Course key={negotiation} negotiation={negotiation} dataset={dataset} exchanges={ours} />}
      <Section title={t.holds}>
        <dl className="facts card">
          <dt>{t.kind}</dt>
          <dd>{kindWord(words, dataset.kind) || words.common.none}</dd>
          <AboutFacts about={dataset.about} products={dataset.products} />
          <dt>{words.offers.dataset}</dt>
          <dd>
            <code>{dataset.id}</code>
          </dd>
        </dl>
      </Section>
      <Section title={t.how}>
        <div className="card">
          <Ways formats={dataset.formats} kind={dataset.kind} />
        </div>
      </Section>
    </div>
  );
}
