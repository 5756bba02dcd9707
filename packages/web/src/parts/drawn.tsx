import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useWords } from '../language.tsx';
import { Segmented } from './segmented.tsx';
import './drawn.css';

interface Props {
  title: string;
  picture: ReactNode;
  table: ReactNode;
  aside?: ReactNode;
}

/** A drawing and the table of the same data, one key (T) apart. */
export function Drawn({ title, picture, table, aside }: Props) {
  const words = useWords();
  const [as, setAs] = useState<'picture' | 'table'>('picture');
  const hint = useId();
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.key.toLowerCase() !== 't' || e.ctrlKey || e.metaKey || e.altKey || (e.target as HTMLElement).closest('input, textarea')) return;
    e.preventDefault();
    setAs(as === 'picture' ? 'table' : 'picture');
  };
  return (
    // The key works wherever the focus is inside, and does nothing outside.
    <figure className="drawn" aria-label={title} aria-describedby={hint} onKeyDown={onKeyDown}>
      <figcaption>
        <h2>{title}</h2>
        <div className="row no-print">
          {aside}
          <Segmented
            label={title}
            options={[
              { id: 'picture', name: words.common.picture },
              { id: 'table', name: words.common.table },
            ]}
            value={as}
            onChange={(id) => setAs(id as 'picture' | 'table')}
          />
        </div>
      </figcaption>
      <span id={hint} className="unseen">
        {words.common.drawnHint}
      </span>
      {as === 'picture' ? picture : table}
    </figure>
  );
}
