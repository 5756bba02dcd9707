import { seoulDay } from '@madang/core/time.ts';
import { type FormEvent, useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';

/** The period and the country that a footprint is for; the last whole year in Korea unless changed. */
export function ComputeForm({ item, onDone }: { item: string; onDone: () => void }) {
  const words = useWords();
  const { client } = useMe();
  const t = words.products.footprint;
  const [year] = useState(() => new Date().getFullYear() - 1);
  const [from, setFrom] = useState(`${year}-01-01`);
  const [until, setUntil] = useState(`${year}-12-31`);
  const [country, setCountry] = useState('KR');
  const compute = useAct(async () => {
    await client.call('computeFootprint', {
      body: { item, periodStart: seoulDay(from).start, periodEnd: seoulDay(until).end, country: country.toUpperCase() },
    });
    onDone();
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    void compute.run();
  };
  return (
    <form className="card stack no-print" onSubmit={submit}>
      <div className="fields">
        <Field label={t.from} value={from} onChange={setFrom} pattern="\d{4}-\d\d-\d\d" inputMode="numeric" isRequired />
        <Field label={t.until} value={until} onChange={setUntil} pattern="\d{4}-\d\d-\d\d" inputMode="numeric" isRequired />
        <Field label={t.country} value={country} onChange={setCountry} pattern="[A-Za-z]{2}" maxLength={2} isRequired />
      </div>
      <Trouble error={compute.error} />
      <div className="row">
        <Button weight="main" type="submit" isDisabled={compute.busy}>
          {t.compute}
        </Button>
        {compute.busy && <Progress what={t.computing} leave />}
      </div>
    </form>
  );
}
