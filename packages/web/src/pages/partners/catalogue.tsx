import type { CatalogView } from '@madang/core/api/views.ts';
import { useEffect, useState } from 'react';
import { Link } from 'react-aria-components';
import { duration, grouped } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { useAct, usePaged } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { More } from '../../parts/more.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Reasons } from '../../parts/reasons.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';
import { DatasetList } from './dataset-card.tsx';
import { Filters, useSought } from './filters.tsx';
import './catalogue.css';

const PAGE = 50;
const AGES_MS = 30_000;
const MINUTE_MS = 60_000;

/** What a company shows to us, as it was kept: found by words and filters, refreshed on demand. */
export function Catalogue({ did, name }: { did: string; name: string }) {
  const { words } = useLanguage();
  const t = words.partners;
  const { client } = useMe();
  const sought = useSought();
  const ask = (refresh: boolean, after?: string, signal?: AbortSignal) =>
    client.call('catalog', {
      body: { partner: did, refresh, limit: PAGE, ...sought, ...(after !== undefined && { after }) },
      ...(signal && { signal }),
    });
  const paged = usePaged(`catalogue ${did} ${JSON.stringify(sought)}`, [`partner ${did}`], (after, signal) => ask(false, after, signal), {
    rows: (page) => page.datasets,
    next: (page) => page.next,
    idOf: (d) => d.id,
  });
  const catalog = paged.data;
  const refresh = useAct(async () => {
    await ask(true);
    paged.reload();
  });
  return (
    <Section
      title={t.catalog}
      purpose={t.catalogPurpose}
      action={
        <span className="row">
          {catalog?.fetchedAt && <Age at={catalog.fetchedAt} />}
          <Button onPress={refresh.run} isDisabled={refresh.busy}>
            {words.catalogue.refresh}
          </Button>
        </span>
      }
    >
      {refresh.busy && <Progress what={words.catalogue.refreshing(name)} />}
      <Trouble error={refresh.error ?? paged.error} onRetry={refresh.error ? refresh.run : paged.reload} />
      {catalog ? (
        <>
          <Kept catalog={catalog} />
          {catalog.total > 0 && (
            <Filters>
              <span className="figure quiet small" role="status">
                {words.catalogue.matching(grouped(catalog.matching), grouped(catalog.total))}
              </span>
            </Filters>
          )}
          {catalog.total > 0 && catalog.matching === 0 && <p className="quiet">{words.catalogue.noMatch}</p>}
          {catalog.total === 0 && <Empty text={catalog.fetchedAt ? t.catalogEmpty : words.catalogue.never} />}
          <DatasetList datasets={paged.rows} />
          <More act={paged.more} />
        </>
      ) : (
        !paged.error && <Progress what={t.catalogLoading(name)} />
      )}
    </Section>
  );
}

/** Why what is below may be old, and what was shown to be let see it. */
function Kept({ catalog: { problem, fetchedAt, shown } }: { catalog: CatalogView }) {
  const { words } = useLanguage();
  const t = words.catalogue;
  const names = shown.memberships.map((m) => m.name).join(', ');
  return (
    <>
      {problem && (
        <div className="stack tight">
          {fetchedAt && <p>{t.stale}</p>}
          <Reasons reasons={[problem]} />
        </div>
      )}
      <p className="small quiet">
        {names ? t.shown(names) : t.shownNone} {!names && <Link href="/settings">{t.toCredentials}</Link>}
      </p>
    </>
  );
}

/** How old something is, counted on while the page stands open. */
function Age({ at }: { at: string }) {
  const { lang, words } = useLanguage();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), AGES_MS);
    return () => clearInterval(timer);
  }, []);
  const age = now - Date.parse(at);
  return (
    <span className="row quiet small">
      <Time at={at} />
      <span>({age < MINUTE_MS ? words.catalogue.keptNow : words.catalogue.kept(duration(age, lang))})</span>
    </span>
  );
}
