import { grouped } from '../../format.ts';
import { useWords } from '../../language.tsx';
import { usePaged } from '../../live.ts';
import { Crumb } from '../../parts/crumb.tsx';
import { Empty } from '../../parts/empty.tsx';
import { More } from '../../parts/more.tsx';
import { Page } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';
import { DatasetList } from './dataset-card.tsx';
import { Filters, useSought } from './filters.tsx';

const PAGE = 50;

/** Finds datasets in the kept catalogues of all partners. */
export function SearchPage() {
  const words = useWords();
  const t = words.partners;
  const { client } = useMe();
  const sought = useSought();
  const paged = usePaged(
    `catalogues ${JSON.stringify(sought)}`,
    ['partner'],
    (after, signal) =>
      client.call('searchCatalogs', {
        query: { limit: PAGE, ...sought, ...(after !== undefined && { after }) },
        ...(signal && { signal }),
      }),
    { rows: (page) => page.datasets, next: (page) => page.next, idOf: (d) => `${d.partner.did} ${d.id}` },
  );
  const { data, rows } = paged;
  return (
    <Page title={t.search} purpose={t.searchPurpose} above={<Crumb href="/partners">{words.rooms.partners}</Crumb>}>
      <Filters>
        {data && (
          <span className="figure quiet small" role="status">
            {words.catalogue.shownSoFar(grouped(rows.length))}
          </span>
        )}
      </Filters>
      <Trouble error={paged.error} onRetry={paged.reload} />
      {!data && !paged.error && <Progress />}
      {data && rows.length === 0 && <Empty text={t.searchEmpty} />}
      {rows.length > 0 && (
        <Section title={words.catalogue.found}>
          <DatasetList datasets={rows} withPartner />
          <More act={paged.more} />
        </Section>
      )}
    </Page>
  );
}
