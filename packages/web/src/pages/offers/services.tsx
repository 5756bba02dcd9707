import type { ServiceDetail } from '@madang/core/api/views.ts';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Button, Go } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { setQuery, usePlace } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { useServices } from './held.ts';
import { ServiceForm } from './service-form.tsx';
import { OfferTabs } from './tabs.tsx';

const NEW = '-';

/** The HTTP services behind this firm, and the form for one more or one to change; which one stands in the address. */
export function ServicesPage() {
  const words = useWords();
  const t = words.services;
  const say = useNotice();
  const services = useServices();
  const editing = usePlace().query.get('edit');
  const edited = services.data?.find((s) => s.id === editing);
  const close = () => setQuery('edit', null);
  return (
    <Page
      title={t.title}
      purpose={t.purpose}
      action={
        editing === null && (
          <Button weight="main" onPress={() => setQuery('edit', NEW)}>
            {t.add}
          </Button>
        )
      }
    >
      <OfferTabs on="services" />
      {editing !== null && (editing === NEW || edited) && (
        <Section title={edited?.title ?? t.add}>
          <ServiceForm
            key={editing}
            {...(edited && { service: edited })}
            onCancel={close}
            onDone={() => {
              say({ text: t.saved });
              close();
              services.reload();
            }}
          />
        </Section>
      )}
      <Load live={services}>
        {(data) =>
          data.length === 0 ? (
            editing === null && <Empty text={t.empty} />
          ) : (
            <ul className="stack">
              {data.map((s) => (
                <Service key={s.id} service={s} onRemoved={services.reload} />
              ))}
            </ul>
          )
        }
      </Load>
    </Page>
  );
}

function Service({ service, onRemoved }: { service: ServiceDetail; onRemoved: () => void }) {
  const words = useWords();
  const t = words.services;
  const { client } = useMe();
  const say = useNotice();
  const remove = useAct(async () => {
    await client.call('removeService', { params: { id: service.id } });
    say({ text: t.removed(service.title) });
    onRemoved();
  });
  const facts: readonly (readonly [string, string])[] = [
    [t.base, service.base],
    [t.methods, service.methods.join(', ')],
    [t.paths, service.paths.join(', ')],
    [t.query, service.query.join(', ') || t.none],
    [t.headers, service.headers.join(', ') || t.none],
  ];
  return (
    <li className="card stack">
      <h2>{service.title}</h2>
      <dl className="facts small">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <div className="row">
        <Go href={`/offers/new?service=${service.id}`}>{t.offer}</Go>
        <Button onPress={() => setQuery('edit', service.id)} aria-label={`${t.edit}: ${service.title}`}>
          {t.edit}
        </Button>
        <AskOnce
          word={words.common.remove}
          label={`${words.common.remove}: ${service.title}`}
          sentence={words.files.removeAsk(service.title)}
          yes={words.files.removeYes}
          act={remove}
        />
      </div>
    </li>
  );
}
