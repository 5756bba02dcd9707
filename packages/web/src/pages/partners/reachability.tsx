import type { CheckView, PartnerView } from '@madang/core/api/views.ts';
import { useState } from 'react';
import { duration } from '../../format.ts';
import { useLanguage, useRead } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Progress } from '../../parts/progress.tsx';
import { ReachBadge } from '../../parts/reach.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';

/** Whether a partner's connector answers, since when, why not; and a check by hand. */
export function Reachability({ partner, onChecked }: { partner: PartnerView; onChecked: () => void }) {
  const { lang, words } = useLanguage();
  const read = useRead();
  const t = words.partners.reach;
  const { client } = useMe();
  const [answer, setAnswer] = useState<CheckView | null>(null);
  const check = useAct(async () => {
    setAnswer(null);
    setAnswer(await client.call('checkPartner', { params: { did: partner.did } }));
    onChecked();
  });
  const { reach } = answer ?? partner;
  return (
    <Section
      title={t.title}
      purpose={t.purpose}
      action={
        <Button onPress={check.run} isDisabled={check.busy}>
          {t.check}
        </Button>
      }
    >
      <div className="card stack tight">
        <div className="row">
          <ReachBadge reach={reach} />
          {reach.since && (
            <span className="quiet small">
              {t.since}: <Time at={reach.since} />
            </span>
          )}
        </div>
        {reach.error && (
          <p>
            <strong>{t.why}</strong> {read(reach.error)}
          </p>
        )}
        {reach.state === 'unreachable' && <p className="quiet small">{t.caughtUp}</p>}
        {check.busy && <Progress what={t.checking} />}
        <Trouble error={check.error} />
        {answer && (
          <p role="status">
            {answer.reach.state === 'reached' ? t.answered(duration(answer.took, lang)) : t.silent}
            {answer.versions.length > 0 && ` ${t.versions}: ${answer.versions.join(', ')}`}
          </p>
        )}
      </div>
    </Section>
  );
}
