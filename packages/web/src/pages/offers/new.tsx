import { FOOTPRINT_TOTALS } from '@madang/core/footprint/totals.ts';
import { useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct, useLive } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Crumb } from '../../parts/crumb.tsx';
import { Field } from '../../parts/field.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Section } from '../../parts/section.tsx';
import { Formal } from '../../parts/terms.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { navigate, to, usePlace } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { AboutFields } from './about.tsx';
import { aboutOf, type Draft, EMPTY, isOfRecords, isReady, isWhole, policiesOf, saysWhom, viewOf } from './draft.ts';
import { pathsOf } from './fields.ts';
import { useHeld } from './held.ts';
import { Sentence } from './sentence.tsx';
import { TryIt } from './try.tsx';

/** One sentence with blanks; below, at once, who would see it and why others would not. */
export function NewOfferPage() {
  const words = useWords();
  const t = words.offers;
  const { client } = useMe();
  const say = useNotice();
  const { query } = usePlace();
  const [given, setDraft] = useState<Draft>(() => startOf(query));
  const change = (part: Partial<Draft>) => setDraft((d) => ({ ...d, ...part }));
  const partners = useLive('partners', ['partner'], async (signal) => (await client.call('partners', { signal })).partners);
  const held = useHeld(given);
  // What is not ours, or gone, is not chosen.
  const draft = isOfRecords(given.kind) || held.named !== undefined ? given : { ...given, ids: [] };
  const chosen = (held.records ?? []).filter((r) => draft.ids.includes(r.id));
  const [first] = chosen;
  const suggestion = first ? `${held.nameOf(first)} ${t.kinds[draft.kind]}` : (held.named ?? '');
  const ready = isReady({ ...draft, title: draft.title ?? suggestion });
  const create = useAct(async () => {
    const paths = pathsOf(chosen.map((r) => r.body));
    const fields = draft.fields === 'whole' ? ('whole' as const) : draft.fields.filter((f) => paths.includes(f));
    const body = {
      title: (draft.title ?? suggestion).trim(),
      view: viewOf(draft, fields),
      about: aboutOf(draft.about),
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
        <Sentence draft={draft} onChange={change} partners={partners.data ?? []} held={held} />
        <Field
          label={t.title}
          help={t.titleHelp}
          value={draft.title ?? suggestion}
          onChange={(title) => change({ title })}
          maxLength={200}
        />
        <AboutFields about={draft.about} onChange={change} />
        <FormalDraft draft={draft} />
        <Trouble error={create.error} />
        <div className="row">
          <Button weight="main" onPress={create.run} isDisabled={!ready || create.busy}>
            {t.create}
          </Button>
          {create.busy && <Progress what={t.creating} />}
          {!ready && <span className="quiet small">{isWhole(draft.about) ? t.need : words.about.half}</span>}
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

/** Someone who comes from a file or a service offers that. */
function startOf(query: URLSearchParams): Draft {
  for (const kind of ['file', 'service'] as const) {
    const id = query.get(kind);
    if (id) return { ...EMPTY, kind, ids: [id] };
  }
  return { ...EMPTY, fields: FOOTPRINT_TOTALS };
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
