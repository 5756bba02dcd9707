import type { PolicyView } from '@madang/core/api/views.ts';
import { useRead, useWords } from '../language.tsx';
import { Fold } from './fold.tsx';

/** A policy as a plain sentence, the formal one on demand. */
export function Terms({ policy }: { policy: PolicyView }) {
  const words = useWords();
  const read = useRead();
  return (
    <div className="stack tight">
      <p>{read(policy.sentence)}</p>
      <Formal parts={[{ name: words.offers.terms, odrl: policy.odrl }]} />
    </div>
  );
}

/** ODRL, folded away. */
export function Formal({ parts }: { parts: readonly { name: string; odrl: unknown }[] }) {
  const words = useWords();
  return (
    <Fold title={words.offers.formal}>
      <div className="stack">
        {parts.map((p) => (
          <div key={p.name} className="stack tight">
            {parts.length > 1 && <p className="small quiet">{p.name}</p>}
            <Code name={p.name} value={p.odrl} />
          </div>
        ))}
      </div>
    </Fold>
  );
}

/** JSON as it travels. */
export function Code({ name, value }: { name: string; value: unknown }) {
  return (
    // biome-ignore lint/a11y: what scrolls must be reached and named for the keyboard
    <pre className="code" role="group" aria-label={name} tabIndex={0}>
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}
