import type { RecordKind, RecordView } from '@madang/core/api/views.ts';
import { FOOTPRINT_TOTALS } from '@madang/core/footprint/totals.ts';
import { useState } from 'react';
import { useLanguage, useWords } from '../../language.tsx';
import { useAct, useLive } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Crumb } from '../../parts/crumb.tsx';
import { Field } from '../../parts/field.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';
import { recordName } from '../../parts/record-name.ts';
import { Section } from '../../parts/section.tsx';
import { Formal } from '../../parts/terms.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { navigate, to } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { type Draft, EMPTY, isReady, policiesOf, saysWhom } from './draft.ts';
import { pathsOf } from './fields.ts';
import { Sentence } from './sentence.tsx';
import { TryIt } from './try.tsx';

const MOST = 500;

/** One sentence with blanks; below, at once, who would see it and why others would not. */
export function NewOfferPage() {
  const { lang, words } = useLanguage();
  const t = words.offers;
  const { client } = useMe();
  const say = useNotice();
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, fields: FOOTPRINT_TOTALS });
  const change = (part: Partial<Draft>) => setDraft((d) => ({ ...d, ...part }));
  const partners = useLive('partners', ['partner'], async (signal) => (await client.call('partners', { signal })).partners);
  const read = (kind: RecordKind) => async (signal: AbortSignal) =>
    (await client.call('records', { params: { kind }, query: { limit: MOST }, signal })).records;
  const held = useLive(`records ${draft.kind}`, ['record'], read(draft.kind));
  const items = useLive('records item', ['record'], read('item'));
  // What came from a partner stands under that partner's terms and is not ours to offer.
  const records = held.data?.filter((r) => r.receivedFrom === null);
  // A footprint is named in one language only, the product that it stands for in both.
  const nameOf = (r: RecordView) => recordName((draft.kind === 'footprint' && items.data?.find((i) => i.id === r.id)) || r, lang);
  const chosen = (records ?? []).filter((r) => draft.ids.includes(r.id));
  const [first] = chosen;
  const suggestion = first ? `${nameOf(first)} ${t.kinds[draft.kind]}` : '';
  const ready = isReady({ ...draft, title: draft.title ?? suggestion });
  const create = useAct(async () => {
    const paths = pathsOf(chosen.map((r) => r.body));
    const fields = draft.fields === 'whole' ? ('whole' as const) : draft.fields.filter((f) => paths.includes(f));
    const body = {
      title: (draft.title ?? suggestion).trim(),
      view: { kind: draft.kind, ids: [...draft.ids], fields },
      answer: draft.answer,
      ...policiesOf(draft),
    };
    const made = await client.call('createOffer', { body });
    say({ text: t.started, undo: () => client.call('withdrawOffer', { params: { id: made.id } }) });
    navigate(to('offers', made.id));
  });
  return (
    <Page title={t.newTitle} purpose={t.newPurpose} above={<Crumb href="/offers">{words.rooms.offers}</Crumb>}>
      <Trouble error={partners.error ?? held.error} />
      <div className="card stack">
        <Sentence draft={draft} onChange={change} partners={partners.data ?? []} records={records} nameOf={nameOf} />
        <Field
          label={t.title}
          help={t.titleHelp}
          value={draft.title ?? suggestion}
          onChange={(title) => change({ title })}
          maxLength={200}
        />
        <FormalDraft draft={draft} />
        <Trouble error={create.error} />
        <div className="row">
          <Button weight="main" onPress={create.run} isDisabled={!ready || create.busy}>
            {t.create}
          </Button>
          {create.busy && <Progress what={t.creating} />}
          {!ready && <span className="quiet small">{t.need}</span>}
        </div>
      </div>
      {saysWhom(draft) && (
        <Section title={t.tryTitle} purpose={t.tryPurpose}>
          <TryIt policies={policiesOf(draft)} title={draft.title ?? suggestion} />
        </Section>
      )}
    </Page>
  );
}

/** The two policies that the sentence stands for, as the registry of ODRL writes them. */
function FormalDraft({ draft }: { draft: Draft }) {
  const t = useWords().offers;
  const { client } = useMe();
  const policies = policiesOf(draft);
  const formal = useLive(`policy ${JSON.stringify(policies)}`, [], async (signal) => ({
    access: await client.call('readPolicy', { body: policies.access, signal }),
    contract: await client.call('readPolicy', { body: policies.contract, signal }),
  }));
  if (!formal.data) return <Trouble error={formal.error} />;
  return (
    <Formal
      parts={[
        { name: t.access, odrl: formal.data.access.odrl },
        { name: t.contract, odrl: formal.data.contract.odrl },
      ]}
    />
  );
}
