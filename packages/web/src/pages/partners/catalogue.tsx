import type { CatalogDataset, CatalogView, ObtainView, RecordKind } from '@madang/core/api/views.ts';
import { PURPOSES } from '@madang/core/policy/purposes.ts';
import { useState } from 'react';
import { Link } from 'react-aria-components';
import { duration, grouped } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { useAct, useLive } from '../../live.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LOOK_OF_LINE } from '../../parts/look.ts';
import { Pick } from '../../parts/pick.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Reasons } from '../../parts/reasons.tsx';
import { Section } from '../../parts/section.tsx';
import { Terms } from '../../parts/terms.tsx';
import { Time } from '../../parts/time.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { to } from '../../router.ts';
import { useMe } from '../../session.tsx';
import './catalogue.css';

/** What a company shows to us, asked of it now; each dataset with its terms and one step that gets it. */
export function Catalogue({ did, name }: { did: string; name: string }) {
  const { words } = useLanguage();
  const t = words.partners;
  const { client } = useMe();
  const catalog = useLive(`catalogue ${did}`, [], (signal) => client.call('catalog', { body: { partner: did }, signal }));
  return (
    <Section
      title={t.catalog}
      purpose={t.catalogPurpose}
      action={
        catalog.data && (
          <span className="row quiet small">
            {t.fetchedAt} <Time at={catalog.data.fetchedAt} />
          </span>
        )
      }
    >
      <Trouble error={catalog.error} onRetry={catalog.reload} />
      {catalog.data ? <Datasets catalog={catalog.data} did={did} /> : !catalog.error && <Progress what={t.catalogLoading(name)} />}
    </Section>
  );
}

function Datasets({ catalog, did }: { catalog: CatalogView; did: string }) {
  const { lang, words } = useLanguage();
  const t = words.partners;
  const [purpose, setPurpose] = useState(PURPOSES[0]?.id ?? '');
  if (catalog.datasets.length === 0) return <Empty text={t.catalogEmpty} />;
  return (
    <div className="stack">
      <Pick
        bare
        label={words.offers.tryFor}
        options={PURPOSES.map((p) => ({ id: p.id, name: p.label[lang] }))}
        value={purpose}
        onChange={setPurpose}
      />
      <ul className="datasets">
        {catalog.datasets.map((d) => (
          <Dataset key={d.id} dataset={d} did={did} purpose={purpose} />
        ))}
      </ul>
    </div>
  );
}

const kindIn = (kind: string | null, kinds: Readonly<Record<RecordKind, string>>): string =>
  kind !== null && kind in kinds ? kinds[kind as RecordKind] : (kind ?? '');

function Dataset({ dataset, did, purpose }: { dataset: CatalogDataset; did: string; purpose: string }) {
  const { words } = useLanguage();
  const t = words.partners;
  const { client } = useMe();
  const [result, setResult] = useState<ObtainView | null>(null);
  const get = useAct(async () => {
    setResult(null);
    setResult(await client.call('obtain', { body: { partner: did, dataset: dataset.id, purpose } }));
  });
  const [offer] = dataset.offers;
  return (
    <li className="card dataset">
      <div className="stack tight">
        <h3>{dataset.title}</h3>
        <p className="quiet small">{[kindIn(dataset.kind, words.offers.kinds), ...dataset.products].filter(Boolean).join(' · ')}</p>
        {offer && <Terms policy={offer.policy} />}
      </div>
      <Button onPress={get.run} isDisabled={get.busy} aria-label={`${t.get}: ${dataset.title}`}>
        {t.get}
      </Button>
      {get.busy && <Progress what={t.getting} leave />}
      <Trouble error={get.error} />
      {result && <Result result={result} />}
    </li>
  );
}

function Result({ result }: { result: ObtainView }) {
  const { lang, words } = useLanguage();
  const t = words.partners;
  const exchange = result.transfer ?? result.negotiation;
  return (
    <div className="dataset-result stack" role="status">
      <p className="row">
        <Badge look={LOOK_OF_LINE[result.status]} word={t.results[result.status]} />
        {result.records.length > 0 && <span>{t.got(grouped(result.records.length))}</span>}
        <span className="figure quiet small">{duration(result.took, lang)}</span>
        {exchange && <Link href={to('exchanges', exchange)}>{t.seeExchange}</Link>}
      </p>
      {result.reasons.length > 0 && <Reasons reasons={result.reasons} />}
    </div>
  );
}
