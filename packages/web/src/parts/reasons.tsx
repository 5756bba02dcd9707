import type { Reason } from '@madang/core/api/views.ts';
import { useRead, useWords } from '../language.tsx';
import { Mark } from './badge.tsx';
import './reasons.css';

/** Why something was refused or stopped: whether a rule, a person or a fault, what was found, what would change it, what to do. */
export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  const words = useWords();
  const read = useRead();
  if (reasons.length === 0) return null;
  return (
    <ul className="reasons">
      {reasons.map((r) => (
        <li key={`${r.code} ${r.text.en}`} className={r.because}>
          {r.because ? <BecauseMark because={r.because} /> : <Mark look="stopped" />}
          <div>
            {r.because && <p className="because">{words.because[r.because].word}</p>}
            <p>{read(r.text)}</p>
            {r.change && !read(r.text).includes(read(r.change)) && (
              <p>
                <strong>{words.exchanges.change}</strong> {read(r.change)}
              </p>
            )}
            {r.because && !r.change && (
              <p>
                <strong>{words.exchanges.todo}</strong> {words.because[r.because].todo}
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

/** A shut gate for a rule, a person for a decision, a warning for a fault: told apart without colour. */
function BecauseMark({ because }: { because: NonNullable<Reason['because']> }) {
  const d = {
    rule: 'M2 12.5v-10h10v10M2 9h10M2 5.8h10',
    decision: 'M7 6.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2M2 13c0-5.2 10-5.2 10 0',
    fault: 'M7 1.5 13 12.5H1zM7 5.4v3.4M7 10.2v1.2',
  }[because];
  return (
    <svg className="mark stopped" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" focusable="false">
      <path d={d} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
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
