import type { ServiceDetail } from '@madang/core/api/views.ts';
import { type FormEvent, useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Tick } from '../../parts/tick.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';
import { headersOf, linesOf } from './headers.ts';

const MB = 1_048_576;
const METHODS = ['GET', 'POST'] as const;

/** Adds a service, or changes one. What is secret is written here and never read. */
export function ServiceForm({ service, onDone, onCancel }: { service?: ServiceDetail; onDone: () => void; onCancel: () => void }) {
  const words = useWords();
  const t = words.services;
  const { client } = useMe();
  const [id, setId] = useState(service?.id ?? '');
  const [title, setTitle] = useState(service?.title ?? '');
  const [base, setBase] = useState(service?.base ?? '');
  const [methods, setMethods] = useState<readonly ('GET' | 'POST')[]>(service?.methods ?? ['GET']);
  const [paths, setPaths] = useState(service?.paths.join('\n') ?? '');
  const [query, setQuery] = useState(service?.query.join(', ') ?? '');
  const [headers, setHeaders] = useState('');
  const [drop, setDrop] = useState(false);
  const [size, setSize] = useState(String(Math.round((service?.maxBytes ?? 64 * MB) / MB)));
  const [timeout, setTimeout] = useState(String(service?.timeout ?? 30));
  const kept = service?.headers ?? [];
  const save = useAct(async () => {
    await client.call('putService', {
      params: { id: id.trim() },
      body: {
        title: title.trim(),
        base: base.trim(),
        methods: [...methods],
        paths: linesOf(paths),
        query: linesOf(query.replaceAll(',', '\n')),
        headers: headersOf(headers, drop ? [] : kept),
        maxBytes: Math.round(Number(size) * MB),
        timeout: Number(timeout),
      },
    });
    onDone();
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    void save.run();
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <div className="fields">
        {!service && <Field label={t.id} help={t.idHelp} value={id} onChange={setId} pattern="[a-z][a-z0-9\-]{1,39}" isRequired />}
        <Field label={t.name} value={title} onChange={setTitle} maxLength={200} isRequired />
        <Field label={t.base} help={t.baseHelp} value={base} onChange={setBase} type="url" isRequired />
        <Field label={t.query} help={t.queryHelp} value={query} onChange={setQuery} />
        <Field label={t.maxBytes} value={size} onChange={setSize} pattern="[1-9][0-9]{0,4}" isRequired />
        <Field label={t.timeout} value={timeout} onChange={setTimeout} pattern="[1-9][0-9]{0,2}" isRequired />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: two ticks in a line, no frame around them */}
      <div className="row" role="group" aria-label={t.methods}>
        <span className="field-name">{t.methods}</span>
        {METHODS.map((method) => (
          <Tick
            key={method}
            isSelected={methods.includes(method)}
            onChange={(on) => setMethods(METHODS.filter((m) => (m === method ? on : methods.includes(m))))}
          >
            {method}
          </Tick>
        ))}
      </div>
      <Field label={t.paths} help={t.pathsHelp} value={paths} onChange={setPaths} long isRequired />
      <Field label={t.headers} help={t.headersHelp} value={headers} onChange={setHeaders} long autoComplete="off" />
      {kept.length > 0 && (
        <div>
          <p className="quiet small">{t.headersKept(kept.join(', '))}</p>
          <Tick isSelected={drop} onChange={setDrop}>
            {t.headersDrop}
          </Tick>
        </div>
      )}
      <Trouble error={save.error} />
      <div className="row">
        <Button weight="main" type="submit" isDisabled={save.busy || methods.length === 0}>
          {words.common.save}
        </Button>
        <Button onPress={onCancel}>{words.common.cancel}</Button>
        {save.busy && <Progress />}
      </div>
    </form>
  );
}
