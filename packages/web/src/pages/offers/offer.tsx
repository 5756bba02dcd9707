import type { OfferView } from '@madang/core/api/views.ts';
import { useRead, useWords } from '../../language.tsx';
import { useAct, useLive } from '../../live.ts';
import { AboutFacts } from '../../parts/about.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Crumb } from '../../parts/crumb.tsx';
import { Load } from '../../parts/load.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { Formal } from '../../parts/terms.tsx';
import { Time } from '../../parts/time.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';
import { Shown, What } from './shown.tsx';
import { TryIt } from './try.tsx';

/** One offer: its terms in words, who sees it, and exactly what they get. */
export function OfferPage({ id }: { id: string }) {
  const words = useWords();
  const t = words.offers;
  const { client } = useMe();
  const say = useNotice();
  const offer = useLive(`offer ${id}`, ['offer', 'exchange'], (signal) => client.call('offer', { params: { id }, signal }));
  const withdraw = () => client.call('withdrawOffer', { params: { id } });
  const restore = () => client.call('restoreOffer', { params: { id } });
  const turn = useAct(async (open: boolean) => {
    await (open ? restore() : withdraw());
    say({ text: open ? t.restoreDone : t.withdrawDone, undo: open ? withdraw : restore });
    offer.reload();
  });
  const { data } = offer;
  const action = data && (
    <Button isDisabled={turn.busy} onPress={() => turn.run(data.withdrawnAt !== null)}>
      {data.withdrawnAt ? words.common.undo : t.withdraw}
    </Button>
  );
  return (
    <Page
      title={data?.title ?? words.rooms.offers}
      purpose={data && !data.withdrawnAt && t.withdrawHelp}
      action={action}
      above={<Crumb href="/offers">{words.rooms.offers}</Crumb>}
    >
      <Trouble error={turn.error} />
      <Load live={offer}>{(view) => <OfferBody offer={view} />}</Load>
    </Page>
  );
}

function OfferBody({ offer }: { offer: OfferView }) {
  const words = useWords();
  const read = useRead();
  const t = words.offers;
  return (
    <div className="stack wide">
      <div className="card stack">
        <dl className="facts">
          <dt>{t.status}</dt>
          <dd>
            <Badge look={offer.withdrawnAt ? 'theirs' : 'force'} word={offer.withdrawnAt ? t.withdrawn : t.open} />
          </dd>
          <dt>{t.what}</dt>
          <dd>
            <What view={offer.view} />
          </dd>
          <AboutFacts about={offer.about} />
          <dt>{t.access}</dt>
          <dd>{read(offer.access.sentence)}</dd>
          <dt>{t.contract}</dt>
          <dd>{read(offer.contract.sentence)}</dd>
          <dt>{t.answer}</dt>
          <dd>{offer.answer === 'auto' ? t.answerAuto : t.answerManual}</dd>
          <dt>{t.agreements}</dt>
          <dd className="figure">{offer.agreements}</dd>
          <dt>{t.created}</dt>
          <dd>
            <Time at={offer.createdAt} />
          </dd>
        </dl>
        <Formal
          parts={[
            { name: t.access, odrl: offer.access.odrl },
            { name: t.contract, odrl: offer.contract.odrl },
          ]}
        />
      </div>
      <Section title={t.tryTitle} purpose={t.tryPurpose}>
        <TryIt offer={offer.id} />
      </Section>
      <Shown offer={offer} />
    </div>
  );
}
