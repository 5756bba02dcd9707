import type { ExchangeView } from '@madang/core/api/views.ts';
import { useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct, useLive } from '../../live.ts';
import { Button, Go } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { lookOfExchange } from '../../parts/look.ts';
import { Page } from '../../parts/page.tsx';
import { Pick } from '../../parts/pick.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { setQuery, usePlace } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { FilePage } from '../files/file.tsx';
import { ExchangeDetailPane } from './detail.tsx';
import { LettersPage } from './letters.tsx';
import { ReceivedPage } from './received-page.tsx';
import { ExchangeTable } from './table.tsx';
import { ExchangeTabs } from './tabs.tsx';
import './exchanges.css';

const PAGE = 100;
const FILTERS = ['all', 'mine', 'theirs', 'stopped', 'force'] as const;

/** The exchanges, what came through them, and what could not be sent. */
export function ExchangesRoom({ path: [first, second] }: { path: readonly string[] }) {
  if (first === 'received') return second ? <FilePage key={second} sha256={second} room="exchanges" /> : <ReceivedPage />;
  if (first === 'unsent') return <LettersPage />;
  return <Exchanges openId={first} />;
}

/** All exchanges; one that is opened stands beside the list. */
function Exchanges({ openId }: { openId: string | undefined }) {
  const words = useWords();
  const { client } = useMe();
  const list = useLive(
    'exchanges',
    ['exchange'],
    async (signal) => (await client.call('exchanges', { query: { limit: PAGE }, signal })).exchanges,
  );
  return (
    <Page title={words.rooms.exchanges} purpose={words.exchanges.purpose}>
      <ExchangeTabs on="exchanges" />
      <div className={openId ? 'beside' : ''}>
        <div className="beside-list">
          <Load live={list}>{(first) => <Lines first={first} openId={openId} />}</Load>
        </div>
        {openId && <ExchangeDetailPane key={openId} id={openId} />}
      </div>
    </Page>
  );
}

function Lines({ first, openId }: { first: readonly ExchangeView[]; openId: string | undefined }) {
  const words = useWords();
  const { client } = useMe();
  const { query } = usePlace();
  const [older, setOlder] = useState<readonly ExchangeView[]>([]);
  const [ended, setEnded] = useState(false);
  const ids = new Set(first.map((e) => e.id));
  const all = [...first, ...older.filter((e) => !ids.has(e.id))];
  const more = useAct(async () => {
    const { exchanges } = await client.call('exchanges', { query: { limit: PAGE, after: all.at(-1)?.id } });
    setOlder([...older, ...exchanges]);
    setEnded(exchanges.length < PAGE);
  });
  if (all.length === 0) {
    return (
      <Empty text={words.exchanges.empty}>
        <Go href="/partners">{words.exchanges.toPartners}</Go>
      </Empty>
    );
  }
  const asked = query.get('state') ?? 'all';
  const shown = asked === 'all' ? all : all.filter((e) => lookOfExchange(e) === asked);
  const filter = (
    <Pick
      bare
      label={words.exchanges.filter}
      options={FILTERS.map((id) => ({ id, name: words.exchanges.filters[id] }))}
      value={asked}
      onChange={(id) => setQuery('state', id === 'all' ? null : id)}
    />
  );
  return (
    <div className="stack">
      <ExchangeTable exchanges={shown} label={words.rooms.exchanges} tools filter={filter} openId={openId} />
      {shown.length === 0 && <p className="quiet">{words.common.noMatch}</p>}
      <Trouble error={more.error} />
      {first.length >= PAGE && !ended && (
        <div className="row">
          <Button onPress={more.run} isDisabled={more.busy}>
            {words.exchanges.more}
          </Button>
          {more.busy && <Progress />}
        </div>
      )}
    </div>
  );
}
