import type { PolicyView } from '@madang/core/api/views.ts';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { useRead, useWords } from '../language.tsx';
import './terms.css';

/** A policy as a plain sentence, the formal one on demand. */
export function Terms({ policy }: { policy: PolicyView }) {
  const words = useWords();
  const read = useRead();
  return (
    <div className="stack tight">
      <p>{read(policy.sentence)}</p>
      <Formal title={words.offers.formal} parts={[{ name: '', odrl: policy.odrl }]} />
    </div>
  );
}

/** ODRL, folded away. */
export function Formal({ title, parts }: { title: string; parts: readonly { name: string; odrl: unknown }[] }) {
  return (
    <Disclosure className="fold">
      <Heading level={3}>
        <Button slot="trigger" className="fold-button">
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <path d="m4 2 4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.5" />
          </svg>
          {title}
        </Button>
      </Heading>
      <DisclosurePanel>
        <div className="fold-panel stack">
          {parts.map((p) => (
            <div key={p.name}>
              {p.name && <p className="small quiet">{p.name}</p>}
              <pre className="odrl" role="region" aria-label={p.name || title} tabIndex={0}>
                {JSON.stringify(p.odrl, null, 2)}
              </pre>
            </div>
          ))}
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}
