import type { CatalogDataset, CatalogOffer } from '@madang/core/api/views.ts';
import { useState } from 'react';
import { useLanguage } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Pick } from '../../parts/pick.tsx';
import { Progress } from '../../parts/progress.tsx';
import { purposesIn, purposeWord } from '../../parts/purposes.ts';
import { Reasons } from '../../parts/reasons.tsx';
import { Terms } from '../../parts/terms.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';
import { Openness } from './dataset-card.tsx';

interface Props {
  dataset: CatalogDataset;
  offer: CatalogOffer;
  /** Tells several offers of one dataset apart. */
  name: string | null;
  /** What became of an earlier request for this dataset. */
  before: 'none' | 'ended' | 'alive';
  onAsked: (exchange: string) => void;
}

/** The terms of one offer, what is missing to meet them, and the button that asks for it. */
export function Negotiate({ dataset, offer, name, before, onAsked }: Props) {
  const { lang, words } = useLanguage();
  const t = words.catalogue;
  const { client } = useMe();
  const purposes = purposesIn(offer.policy.odrl);
  const [chosen, setPurpose] = useState<string | null>(null);
  // A purpose is a statement: of several, none is made for the person.
  const purpose = chosen ?? (purposes.length === 1 ? (purposes[0] ?? null) : null);
  const ask = useAct(async () => {
    const { id } = await client.call('negotiate', {
      body: { partner: dataset.partner.did, dataset: dataset.id, offer: offer.id, ...(purpose !== null && { purpose }) },
    });
    onAsked(id);
  });
  const { missing } = offer;
  return (
    <div className="card stack">
      <div className="dataset-head">
        {name && <h3>{name}</h3>}
        <Openness missing={missing.length} />
      </div>
      <Terms policy={offer.policy} />
      {missing.length > 0 && (
        <div className="stack tight">
          <p>{t.missingPurpose}</p>
          <Reasons reasons={missing} />
        </div>
      )}
      {purposes.length > 0 && (
        <div className="stack tight">
          <Pick
            bare
            label={t.purposeLabel}
            options={purposes.map((id) => ({ id, name: purposeWord(id, lang) }))}
            value={purpose}
            onChange={setPurpose}
          />
          <p className="quiet small">{t.purposeAsked}</p>
        </div>
      )}
      <Trouble error={ask.error} />
      <div className="row no-print">
        <Button
          weight={before === 'alive' ? 'plain' : 'main'}
          onPress={ask.run}
          isDisabled={ask.busy || (purposes.length > 0 && purpose === null)}
        >
          {before === 'none' ? t.negotiate : t.again}
        </Button>
        {ask.busy && <Progress what={t.negotiating} leave />}
      </div>
    </div>
  );
}
