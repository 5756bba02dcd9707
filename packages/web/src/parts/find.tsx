import { useEffect, useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import { useWords } from '../language.tsx';
import { setQuery, usePlace } from '../router.ts';

const REST_MS = 250;

/** What is typed, and the same in the address once the person rests. */
export function useTyped(name: string): readonly [string, (value: string) => void] {
  const { query } = usePlace();
  const [value, setValue] = useState(query.get(name) ?? '');
  useEffect(() => {
    if (value === (new URLSearchParams(location.search).get(name) ?? '')) return;
    const timer = setTimeout(() => setQuery(name, value || null), REST_MS);
    return () => clearTimeout(timer);
  }, [name, value]);
  return [value, setValue];
}

/** The search box of a list that is searched on the server; its words stand in the address as `q`. */
export function Find({ label }: { label: string }) {
  const { common } = useWords();
  const [value, setValue] = useTyped('q');
  return (
    <SearchField className="find" value={value} onChange={setValue}>
      <Label className="unseen">{`${label}: ${common.search}`}</Label>
      <Input placeholder={common.search} />
    </SearchField>
  );
}
