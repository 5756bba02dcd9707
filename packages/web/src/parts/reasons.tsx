import type { Reason } from '@madang/core/api/views.ts';
import { useRead, useWords } from '../language.tsx';
import { Mark } from './badge.tsx';
import './reasons.css';

/** Why something was refused, in full: what was found, what the rule asks, what would change it. */
export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  const words = useWords();
  const read = useRead();
  if (reasons.length === 0) return null;
  return (
    <ul className="reasons">
      {reasons.map((r) => (
        <li key={`${r.code} ${r.text.en}`}>
          <Mark look="stopped" />
          <div>
            <p>{read(r.text)}</p>
            {r.change && !read(r.text).includes(read(r.change)) && (
              <p>
                <strong>{words.exchanges.change}</strong> {read(r.change)}
              </p>
            )}
            <dl className="facts small">
              {r.clause && <Fact name={words.exchanges.clause} value={r.clause} />}
              {r.required && <Fact name={words.exchanges.required} value={read(r.required)} />}
              {r.found !== undefined && <Fact name={words.exchanges.found} value={r.found ?? words.common.none} />}
            </dl>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
