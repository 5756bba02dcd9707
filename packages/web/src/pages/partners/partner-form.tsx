import type { PartnerView } from '@madang/core/api/views.ts';
import { type FormEvent, useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Pick } from '../../parts/pick.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';

type Relation = PartnerView['relation'];
const RELATIONS: readonly Relation[] = ['supplier', 'customer', 'operator', 'other'];

/** Adds a partner, or changes what we ourselves say about one. */
export function PartnerForm({ partner, onDone }: { partner?: PartnerView; onDone: (saved: PartnerView) => void }) {
  const words = useWords();
  const t = words.partners;
  const { client } = useMe();
  const [did, setDid] = useState(partner?.did ?? '');
  const [name, setName] = useState(partner?.name ?? '');
  const [shortName, setShortName] = useState(partner?.shortName ?? '');
  const [relation, setRelation] = useState<Relation>(partner?.relation ?? 'supplier');
  const [groups, setGroups] = useState(partner?.groups.join(', ') ?? '');
  const put = useAct(async () => {
    const listed = groups
      .split(',')
      .map((g) => g.trim())
      .filter(Boolean);
    onDone(
      await client.call('putPartner', {
        body: { did: did.trim(), name: name.trim(), shortName: shortName.trim(), relation, groups: listed },
      }),
    );
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    void put.run();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="fields">
        {!partner && <Field label={t.did} help={t.didHelp} value={did} onChange={setDid} isRequired />}
        <Field label={t.name} value={name} onChange={setName} maxLength={200} isRequired />
        <Field
          label={t.shortName}
          help={t.shortHelp}
          value={shortName}
          onChange={setShortName}
          pattern="[a-z][a-z0-9\-]{1,39}"
          isRequired
        />
        <Pick
          label={t.relation}
          options={RELATIONS.map((id) => ({ id, name: t.relations[id] }))}
          value={relation}
          onChange={(id) => setRelation(RELATIONS.find((r) => r === id) ?? 'other')}
        />
        <Field label={t.groups} help={t.groupsHelp} value={groups} onChange={setGroups} />
      </div>
      <Trouble error={put.error} />
      <div className="row">
        <Button weight="main" type="submit" isDisabled={put.busy}>
          {words.common.save}
        </Button>
        {put.busy && <Progress />}
      </div>
    </form>
  );
}
