import type { ExchangeDetail } from '@madang/core/api/views.ts';
import { useEffect, useRef } from 'react';
import { Link } from 'react-aria-components';
import { duration } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Badge } from '../../parts/badge.tsx';
import { Crumb } from '../../parts/crumb.tsx';
import { Load } from '../../parts/load.tsx';
import { lookOfExchange } from '../../parts/look.ts';
import { Reasons } from '../../parts/reasons.tsx';
import { Section } from '../../parts/section.tsx';
import { Terms } from '../../parts/terms.tsx';
import { Time } from '../../parts/time.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { stateWord } from '../../parts/words.ts';
import { movesSoFar, to } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { Actions } from './actions.tsx';
import { AgreementLink, UnderAgreement } from './agreement.tsx';
import { CallService } from './call-service.tsx';
import { LettersOf } from './letters.tsx';
import { ReceivedRecords } from './received.tsx';
import { TransferPart } from './transfer.tsx';

/** One exchange: who must act, why it stopped, its steps, its terms, what came through it. */
export function ExchangeDetailPane({ id }: { id: string }) {
  const { words } = useLanguage();
  const { client } = useMe();
  const exchange = useLive(`exchange ${id}`, [`exchange ${id}`], (signal) => client.call('exchange', { params: { id }, signal }));
  return (
    <article className="detail card">
      <Crumb href="/exchanges">{words.common.back}</Crumb>
      <Load live={exchange}>{(data) => <Detail exchange={data} onChanged={exchange.reload} />}</Load>
    </article>
  );
}

function Detail({ exchange, onChanged }: { exchange: ExchangeDetail; onChanged: () => void }) {
  const { lang, words } = useLanguage();
  const t = words.exchanges;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (movesSoFar() > 0) head.current?.focus({ preventScroll: true });
  }, []);
  const took = Date.parse(exchange.updatedAt) - Date.parse(exchange.startedAt);
  return (
    <>
      <header className="detail-head">
        <h2 ref={head} tabIndex={-1}>
          {exchange.title}
        </h2>
        <p className="row">
          <Badge look={lookOfExchange(exchange)} word={stateWord(words, exchange.protocol, exchange.state)} />
          <span className="quiet">
            {t.protocols[exchange.protocol]} · {t.roles[exchange.role]}
          </span>
        </p>
        {exchange.waitingFor && <p>{t.waiting[exchange.waitingFor]}</p>}
      </header>
      <Actions exchange={exchange} onDone={onChanged} />
      <LettersOf exchange={exchange} />
      {exchange.reasons.length > 0 && (
        <Section title={t.why}>
          <Reasons reasons={exchange.reasons} />
        </Section>
      )}
      {exchange.transfer && (
        <Section title={words.transfer.title}>
          <TransferPart exchange={exchange} />
        </Section>
      )}
      {exchange.transfer?.kind === 'service' && exchange.role === 'consumer' && exchange.state === 'STARTED' && (
        <CallService transfer={exchange.id} />
      )}
      {exchange.received.length > 0 && (
        <Section title={t.received} purpose={words.files.under(exchange.partner.name)}>
          <ReceivedRecords records={exchange.received} />
        </Section>
      )}
      {exchange.protocol === 'negotiation' && exchange.agreement && <UnderAgreement exchange={exchange} agreement={exchange.agreement} />}
      <Section title={t.steps} action={<span className="quiet small figure">{`${t.total} ${duration(took, lang)}`}</span>}>
        <Timeline steps={exchange.steps} protocol={exchange.protocol} told={exchange.reasons} />
      </Section>
      <Section title={exchange.agreement ? t.terms : t.termsAsked}>
        <Terms policy={exchange.policy} />
      </Section>
      <dl className="facts small">
        <dt>{t.partner}</dt>
        <dd>
          <Link href={to('partners', exchange.partner.did)}>{exchange.partner.name}</Link>
        </dd>
        <dt>{t.started}</dt>
        <dd>
          <Time at={exchange.startedAt} seconds />
        </dd>
        <dt>{t.dataset}</dt>
        <dd>
          <code>{exchange.dataset}</code>
        </dd>
        {exchange.agreement && (
          <>
            <dt>{t.agreement}</dt>
            <dd>
              <AgreementLink id={exchange.agreement} />
            </dd>
          </>
        )}
      </dl>
    </>
  );
}
