import type { Home, Todo } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { useRead, useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Badge } from '../../parts/badge.tsx';
import { Go } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { LOOK_OF_TODO } from '../../parts/look.ts';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { useMe } from '../../session.tsx';
import { ExchangeTable } from '../exchanges/table.tsx';
import './home.css';

const RECENT = 8;

export function HomePage() {
  const words = useWords();
  const { me, client } = useMe();
  const home = useLive('home', ['exchange', 'record', 'offer', 'partner'], (signal) => client.call('home', { signal }));
  return (
    <Page title={words.rooms.home} purpose={`${me.name} · ${words.home.purpose}`}>
      <Load live={home}>{(data) => <HomeBody home={data} />}</Load>
    </Page>
  );
}

function HomeBody({ home }: { home: Home }) {
  const words = useWords();
  const read = useRead();
  return (
    <div className="stack wide">
      {home.next && (
        <Empty text={read(home.next.text)}>
          <Go weight="main" href={home.next.room}>
            {words.home.go}
          </Go>
        </Empty>
      )}
      {(home.todo.length > 0 || !home.next) && (
        <Section title={words.home.todo}>
          {home.todo.length === 0 ? (
            <p className="quiet">{words.home.todoEmpty}</p>
          ) : (
            <ol className="todo">
              {home.todo.map((t) => (
                <TodoLine key={t.id} todo={t} />
              ))}
            </ol>
          )}
        </Section>
      )}
      {home.recent.length > 0 && (
        <Section title={words.home.recent} action={<Link href="/exchanges">{words.home.newest}</Link>}>
          <ExchangeTable exchanges={home.recent.slice(0, RECENT)} label={words.home.recent} few />
        </Section>
      )}
    </div>
  );
}

function TodoLine({ todo }: { todo: Todo }) {
  const words = useWords();
  const read = useRead();
  return (
    <li className={LOOK_OF_TODO[todo.kind]}>
      <Badge look={LOOK_OF_TODO[todo.kind]} word={words.home.kinds[todo.kind]} />
      <div>
        <h3>
          <Link href={todo.room}>{read(todo.title)}</Link>
        </h3>
        <p>{read(todo.text)}</p>
      </div>
      <span className="quiet small">
        <Time at={todo.at} />
      </span>
    </li>
  );
}
