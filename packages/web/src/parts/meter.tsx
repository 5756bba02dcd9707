import { ProgressBar } from 'react-aria-components';
import { bytes, percent } from '../format.ts';
import { useWords } from '../language.tsx';
import './meter.css';

/** How far something of a known size has come, as a bar and in words; of an unknown one, the amount alone. */
export function Meter({ label, done, total }: { label: string; done: number; total: number | null }) {
  const { transfer: t } = useWords();
  if (total === null || total === 0) return <p className="figure">{bytes(done)}</p>;
  const share = Math.min(1, done / total);
  const text = `${t.ofTotal(bytes(done), bytes(total))} · ${percent(share.toFixed(4))}`;
  return (
    <ProgressBar className="meter" aria-label={label} value={share * 100} valueLabel={text}>
      <span className="meter-bar">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className="figure">{text}</span>
    </ProgressBar>
  );
}
