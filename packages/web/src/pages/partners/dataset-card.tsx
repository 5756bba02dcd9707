import type { CatalogDataset } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { useRead, useWords } from '../../language.tsx';
import { AboutFacts } from '../../parts/about.tsx';
import { Badge } from '../../parts/badge.tsx';
import { kindWord, wayOf } from '../../parts/words.ts';
import { to } from '../../router.ts';
import './catalogue.css';

/** The datasets of one or of all partners, each with what it holds, its terms, and what is missing to get it. */
export function DatasetList({ datasets, withPartner = false }: { datasets: readonly CatalogDataset[]; withPartner?: boolean }) {
  return (
    <ul className="datasets">
      {datasets.map((d) => (
        <DatasetCard key={`${d.partner.did} ${d.id}`} dataset={d} withPartner={withPartner} />
      ))}
    </ul>
  );
}

function DatasetCard({ dataset, withPartner }: { dataset: CatalogDataset; withPartner: boolean }) {
  const words = useWords();
  const read = useRead();
  const t = words.catalogue;
  const [offer] = [...dataset.offers].sort((a, b) => a.missing.length - b.missing.length);
  const ways = dataset.formats.map((format) => wayOf(words, format, dataset.kind).name).join(', ');
  return (
    <li className="card dataset">
      <div className="dataset-head">
        <h3>
          <Link href={to('partners', dataset.partner.did, dataset.id) + location.search}>{dataset.title}</Link>
        </h3>
        {offer && <Openness missing={offer.missing.length} />}
      </div>
      <p className="quiet small">{[withPartner && dataset.partner.name, kindWord(words, dataset.kind)].filter(Boolean).join(' · ')}</p>
      {offer && <p>{read(offer.policy.sentence)}</p>}
      <dl className="facts small">
        <AboutFacts about={dataset.about} products={dataset.products} />
        {ways && (
          <>
            <dt>{t.travels}</dt>
            <dd>{ways}</dd>
          </>
        )}
        {offer && offer.missing.length > 0 && (
          <>
            <dt>{t.missing}</dt>
            <dd>
              <ul className="stack tight">
                {offer.missing.map((r) => (
                  <li key={`${r.code} ${r.text.en}`}>{read(r.change ?? r.text)}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}

/** Whether it would be had for the asking. */
export function Openness({ missing }: { missing: number }) {
  const t = useWords().catalogue;
  return missing === 0 ? <Badge look="force" word={t.ready} /> : <Badge look="mine" word={t.lacking(missing)} />;
}
