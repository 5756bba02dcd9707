import type { PartnerView } from '@madang/core/api/views.ts';
import { PURPOSES } from '@madang/core/policy/purposes.ts';
import { useLanguage } from '../../language.tsx';
import { Button } from '../../parts/button.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { PickMany } from '../../parts/pick-many.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Tick } from '../../parts/tick.tsx';
import type { Draft } from './draft.ts';

interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

export function WhomChoice({ draft, onChange, partners }: Props & { partners: readonly PartnerView[] }) {
  const { words } = useLanguage();
  const t = words.offers;
  const groups = [...new Set(partners.flatMap((p) => p.groups))];
  const options = [
    { id: 'partners', name: t.pickPartners },
    { id: 'groups', name: t.pickGroups },
    { id: 'anyone', name: t.pickAnyone },
  ];
  const whom = draft.whom ?? 'partners';
  return (
    <>
      <Segmented label={t.whom} options={options} value={whom} onChange={(id) => onChange({ whom: id as Draft['whom'] })} />
      {whom === 'partners' &&
        (partners.length === 0 ? (
          <p>{t.noPartners}</p>
        ) : (
          <PickMany
            label={t.pickPartners}
            options={partners.map((p) => ({ id: p.did, name: p.name }))}
            value={draft.partners}
            onChange={(ids) => onChange({ whom: 'partners', partners: ids })}
          />
        ))}
      {whom === 'groups' &&
        (groups.length === 0 ? (
          <p>{t.noGroups}</p>
        ) : (
          <PickMany
            label={t.pickGroups}
            options={groups.map((id) => ({ id, name: id }))}
            value={draft.groups}
            onChange={(ids) => onChange({ whom: 'groups', groups: ids })}
          />
        ))}
      <Tick isSelected={draft.members} onChange={(members) => onChange({ members })}>
        {t.tickMembers}
      </Tick>
    </>
  );
}

export function PurposeChoice({ draft, onChange }: Props) {
  const { lang, words } = useLanguage();
  return (
    <PickMany
      label={words.offers.tryFor}
      options={PURPOSES.map((p) => ({ id: p.id, name: p.label[lang] }))}
      value={draft.purposes}
      onChange={(purposes) => onChange({ purposes })}
    />
  );
}

export function WhenChoice({ onChange }: { onChange: Props['onChange'] }) {
  const { words } = useLanguage();
  const t = words.offers;
  return (
    <>
      <DayField label={t.until} onChange={(until) => onChange({ until })} />
      <DayField label={t.from} onChange={(from) => onChange({ from })} />
      <Button slot="close" onPress={() => onChange({ from: null, until: null })}>
        {t.clearDate}
      </Button>
    </>
  );
}

export function AnswerChoice({ draft, onChange }: Props) {
  const { words } = useLanguage();
  const t = words.offers;
  return (
    <>
      <Segmented
        label={t.answer}
        options={[
          { id: 'auto', name: t.answerAuto },
          { id: 'manual', name: t.answerManual },
        ]}
        value={draft.answer}
        onChange={(id) => onChange({ answer: id === 'manual' ? 'manual' : 'auto' })}
      />
      <p className="quiet small">{t.answerHelp}</p>
    </>
  );
}
