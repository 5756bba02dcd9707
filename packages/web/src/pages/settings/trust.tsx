import { type FormEvent, useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe, useSession } from '../../session.tsx';

/** Whose membership credentials count here. */
export function Trust() {
  const words = useWords();
  const t = words.settings;
  const { me, client } = useMe();
  const { setMe } = useSession();
  const say = useNotice();
  const [did, setDid] = useState('');
  const dids = me.trustedOperators.map((o) => o.did);
  const put = async (operators: readonly string[]) => setMe(await client.call('setTrust', { body: { operators: [...operators] } }));
  const change = useAct(async (operators: readonly string[]) => {
    await put(operators);
    say({ text: words.partners.saved, undo: () => put(dids) });
  });
  const add = async (e: FormEvent) => {
    e.preventDefault();
    if (await change.run([...dids, did.trim()])) setDid('');
  };
  return (
    <Section title={t.trust} purpose={t.trustPurpose}>
      <div className="card stack">
        {me.trustedOperators.length === 0 ? (
          <p className="quiet">{t.trustEmpty}</p>
        ) : (
          <ul className="stack tight">
            {me.trustedOperators.map((o) => (
              <li key={o.did} className="row">
                <strong>{o.name}</strong>
                <code>{o.did}</code>
                <Button
                  weight="quiet"
                  aria-label={`${words.common.remove}: ${o.name}`}
                  isDisabled={change.busy}
                  onPress={() => change.run(dids.filter((d) => d !== o.did))}
                >
                  {words.common.remove}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <form className="stack" onSubmit={add}>
          <Field label={t.trustAdd} help={words.partners.didHelp} value={did} onChange={setDid} isRequired />
          <Trouble error={change.error} />
          <div className="row">
            <Button type="submit" isDisabled={change.busy}>
              {words.common.add}
            </Button>
          </div>
        </form>
      </div>
    </Section>
  );
}
