import type { CredentialView } from '@madang/core/api/views.ts';
import { type FormEvent, useState } from 'react';
import { day } from '../../format.ts';
import { useWords } from '../../language.tsx';
import { useAct, useLive } from '../../live.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Field } from '../../parts/field.tsx';
import { Load } from '../../parts/load.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';

/** What we can show of ourselves, and how to take in another one. */
export function Credentials() {
  const words = useWords();
  const t = words.settings;
  const { client } = useMe();
  const say = useNotice();
  const [jwt, setJwt] = useState('');
  const held = useLive('credentials', ['record'], async (signal) => (await client.call('credentials', { signal })).credentials);
  const store = useAct(async () => {
    await client.call('storeCredential', { body: { jwt: jwt.trim() } });
    setJwt('');
    say({ text: t.stored });
    held.reload();
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    void store.run();
  };
  return (
    <Section title={t.credentials} purpose={t.credentialsPurpose}>
      <Load live={held}>{(data) => (data.length === 0 ? <p className="quiet">{t.credentialsEmpty}</p> : <Held credentials={data} />)}</Load>
      <form className="card stack" onSubmit={submit}>
        <Field label={t.store} help={t.storeHelp} value={jwt} onChange={setJwt} long isRequired />
        <Trouble error={store.error} />
        <div className="row">
          <Button type="submit" isDisabled={store.busy}>
            {words.common.save}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Held({ credentials }: { credentials: readonly CredentialView[] }) {
  const words = useWords();
  const t = words.settings;
  const columns: readonly Column<CredentialView>[] = [
    { key: 'type', head: t.type, text: (c) => c.type, cell: (c) => c.type },
    { key: 'issuer', head: t.issuer, text: (c) => c.issuer.name, cell: (c) => c.issuer.name },
    {
      key: 'valid',
      head: t.valid,
      text: (c) => c.until,
      cell: (c) => <span className="figure">{`${day(c.from)} ~ ${day(c.until)}`}</span>,
    },
    {
      key: 'state',
      head: t.state,
      text: (c) => (c.expired ? t.expired : t.live),
      cell: (c) => <Badge look={c.expired ? 'stopped' : 'force'} word={c.expired ? t.expired : t.live} />,
    },
  ];
  return <DataTable label={t.credentials} rows={credentials} columns={columns} keyOf={(c) => c.id} />;
}
