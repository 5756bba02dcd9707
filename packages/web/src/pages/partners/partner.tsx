import type { PartnerView } from '@madang/core/api/views.ts';
import { useWords } from '../../language.tsx';
import { useAct, useLive } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { Crumb } from '../../parts/crumb.tsx';
import { Load } from '../../parts/load.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { ReachBadge } from '../../parts/reach.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { navigate } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { ExchangeTable } from '../exchanges/table.tsx';
import { Catalogue } from './catalogue.tsx';
import { PartnerForm } from './partner-form.tsx';
import { Reachability } from './reachability.tsx';

/** One company: what it shows to us, what went back and forth, who it is. */
export function PartnerPage({ did }: { did: string }) {
  const words = useWords();
  const t = words.partners;
  const { client } = useMe();
  const partners = useLive('partners', ['partner'], async (signal) => (await client.call('partners', { signal })).partners);
  const exchanges = useLive(
    `exchanges of ${did}`,
    ['exchange'],
    async (signal) => (await client.call('exchanges', { query: { partner: did }, signal })).exchanges,
  );
  const partner = partners.data?.find((p) => p.did === did);
  return (
    <Page
      title={partner?.name ?? did}
      purpose={
        partner && (
          <span className="row">
            {t.relations[partner.relation]} <ReachBadge reach={partner.reach} />
          </span>
        )
      }
      above={<Crumb href="/partners">{words.rooms.partners}</Crumb>}
    >
      <div className="stack wide">
        <Catalogue did={did} name={partner?.name ?? did} />
        <Section title={t.exchanges}>
          <Load live={exchanges}>
            {(data) =>
              data.length === 0 ? <p className="quiet">{t.noExchanges}</p> : <ExchangeTable exchanges={data} label={t.exchanges} />
            }
          </Load>
        </Section>
        <Load live={partners}>
          {() =>
            partner && (
              <>
                <Reachability partner={partner} onChecked={partners.reload} />
                <Identity partner={partner} onChanged={partners.reload} />
              </>
            )
          }
        </Load>
      </div>
    </Page>
  );
}

function Identity({ partner, onChanged }: { partner: PartnerView; onChanged: () => void }) {
  const words = useWords();
  const t = words.partners;
  const { client } = useMe();
  const say = useNotice();
  const remove = useAct(async () => {
    await client.call('removePartner', { params: { did: partner.did } });
    const { did, name, shortName, dsp, relation, groups } = partner;
    say({
      text: t.removed(name),
      undo: () => client.call('putPartner', { body: { did, name, shortName, dsp, relation, groups: [...groups] } }),
    });
    navigate('/partners');
  });
  return (
    <Section title={t.identity}>
      <div className="card stack">
        <dl className="facts">
          <dt>{t.did}</dt>
          <dd>
            <Copyable text={partner.did} />
          </dd>
          <dt>{words.settings.dsp}</dt>
          <dd>
            <code>{partner.dsp}</code>
          </dd>
        </dl>
        <PartnerForm
          key={partner.groups.join() + partner.name + partner.shortName + partner.relation}
          partner={partner}
          onDone={() => {
            say({ text: t.saved });
            onChanged();
          }}
        />
        <Trouble error={remove.error} />
        <div className="row">
          <Button weight="grave" onPress={remove.run} isDisabled={remove.busy}>
            {t.remove}
          </Button>
        </div>
      </div>
    </Section>
  );
}
