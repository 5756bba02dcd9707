import { DATA_KINDS, type DataKind } from '@madang/core/api/views.ts';
import { type ReactNode, useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import { useWords } from '../../language.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { useTyped } from '../../parts/find.tsx';
import { Pick } from '../../parts/pick.tsx';
import { kindWord } from '../../parts/words.ts';
import { setQuery, usePlace } from '../../router.ts';

/** What is looked for in catalogues, as it stands in the address. */
export interface Sought {
  readonly q?: string;
  readonly kind?: DataKind;
  readonly class?: string;
  readonly product?: string;
}

const NAMES = ['q', 'kind', 'class', 'product'] as const;
const ANY = '-';

export function useSought(): Sought {
  const { query } = usePlace();
  const kind = DATA_KINDS.find((k) => k === query.get('kind'));
  const given = (name: 'q' | 'class' | 'product') => {
    const value = query.get(name)?.trim();
    return value ? { [name]: value } : {};
  };
  return { ...given('q'), ...(kind && { kind }), ...given('class'), ...given('product') };
}

/** Search box and filters; what is typed reaches the address when the person rests. */
export function Filters({ children }: { children?: ReactNode }) {
  const words = useWords();
  const t = words.catalogue;
  const { query } = usePlace();
  const [round, setRound] = useState(0);
  const any = NAMES.some((name) => query.has(name));
  const clear = () => {
    for (const name of NAMES) setQuery(name, null);
    setRound(round + 1);
  };
  return (
    <search className="filters no-print" aria-label={t.filters} key={round}>
      <Typed name="q">
        {(value, type) => (
          <SearchField className="find" value={value} onChange={type}>
            <Label className="unseen">{t.find}</Label>
            <Input placeholder={t.find} />
          </SearchField>
        )}
      </Typed>
      <Pick
        bare
        label={t.kind}
        options={[{ id: ANY, name: words.common.all }, ...DATA_KINDS.map((id) => ({ id, name: kindWord(words, id) }))]}
        value={query.get('kind') ?? ANY}
        onChange={(id) => setQuery('kind', id === ANY ? null : id)}
      />
      <Typed name="class">{(value, type) => <Field label={t.class} value={value} onChange={type} />}</Typed>
      <Typed name="product">{(value, type) => <Field label={t.product} value={value} onChange={type} />}</Typed>
      {any && (
        <Button weight="quiet" onPress={clear}>
          {t.clear}
        </Button>
      )}
      {children}
    </search>
  );
}

function Typed({ name, children }: { name: string; children: (value: string, type: (value: string) => void) => ReactNode }) {
  const [value, type] = useTyped(name);
  return children(value, type);
}
