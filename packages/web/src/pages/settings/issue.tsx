import { type FormEvent, useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { Field } from '../../parts/field.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';

/** For an operator: says in a signed text that a company is a member until a day. */
export function Issue() {
  const words = useWords();
  const t = words.settings;
  const { client } = useMe();
  const [subject, setSubject] = useState('');
  const [until, setUntil] = useState<string | null>(null);
  const [jwt, setJwt] = useState('');
  const issue = useAct(async (last: string) => {
    setJwt((await client.call('issueMembership', { body: { subject: subject.trim(), until: last } })).jwt);
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (until) void issue.run(until);
  };
  return (
    <Section title={t.issue} purpose={t.issuePurpose}>
      <form className="card stack" onSubmit={submit}>
        <div className="fields">
          <Field label={t.subject} value={subject} onChange={setSubject} isRequired />
          <DayField label={t.until} onChange={setUntil} />
        </div>
        <Trouble error={issue.error} />
        <div className="row">
          <Button type="submit" isDisabled={issue.busy || !until}>
            {t.make}
          </Button>
        </div>
        {jwt && (
          <div className="stack tight" role="status">
            <p>{t.made}</p>
            <Copyable text={jwt} />
          </div>
        )}
      </form>
    </Section>
  );
}
