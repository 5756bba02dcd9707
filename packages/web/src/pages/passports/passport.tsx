import { PASSPORT_VIEWS, type PassportAudience } from '@madang/core/api/views.ts';
import { useRead, useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Crumb } from '../../parts/crumb.tsx';
import { Page } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { setQuery, usePlace } from '../../router.ts';
import { host, useSession } from '../../session.tsx';
import { PassportBody } from './body.tsx';

/** A record of another maker carries its DID in front; all that was given of it is shown. */
const isReceived = (id: string): boolean => id.startsWith('did:');

/** A passport as anyone sees it; its owner can look through the eyes of other readers. */
export function PassportPage({ participant, id }: { participant: string; id: string }) {
  const words = useWords();
  const read = useRead();
  const t = words.passports;
  const { state } = useSession();
  const owner = state.at === 'in' && state.me.id === participant ? state.client : null;
  const asked = usePlace().query.get('view');
  const chosen = PASSPORT_VIEWS.find((known) => known === asked) ?? 'public';
  const view: PassportAudience = owner !== null && isReceived(id) ? 'legitimateInterest' : chosen;
  const { data, error, reload } = useLive(`passport ${participant} ${id} ${view} ${owner !== null}`, ['record'], (signal) =>
    owner
      ? owner.call('passport', { params: { id }, query: { view }, signal })
      : host.host('passport', { params: { participant, id }, query: { view: 'public' }, signal }),
  );
  return (
    <Page
      title={data ? read(data.name) : words.rooms.passports}
      purpose={data && `${t.maker} ${data.maker.name}`}
      above={owner && <Crumb href="/passports">{words.rooms.passports}</Crumb>}
    >
      {owner && !isReceived(id) && (
        <div className="row no-print">
          <span className="quiet">{t.viewAs}</span>
          <Segmented
            label={t.viewAs}
            options={PASSPORT_VIEWS.map((v) => ({ id: v, name: t.audiences[v] }))}
            value={view}
            onChange={(v) => setQuery('view', v === 'public' ? null : v)}
          />
          <span className="quiet small">{t.audienceNote}</span>
        </div>
      )}
      <Trouble error={error} onRetry={reload} />
      {data ? <PassportBody passport={data} /> : !error && <Progress what={t.loading} />}
    </Page>
  );
}
