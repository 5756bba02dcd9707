import { useEffect, useState } from 'react';
import { useWords } from '../language.tsx';
import './progress.css';

/** Whole seconds since this was first drawn. */
function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - began) / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}

/** What is being waited for; after two seconds how long, after ten that one may leave. */
export function Progress({ what, leave = false }: { what?: string; leave?: boolean }) {
  const words = useWords();
  const seconds = useSeconds();
  return (
    <div className="progress" role="status">
      <span className="courtyard" aria-hidden="true" />
      <span>
        {what ?? words.wait.loading}
        {seconds >= 2 && <span className="figure quiet"> · {words.wait.seconds(seconds)}</span>}
        {leave && seconds >= 10 && <span className="quiet block">{words.wait.long}</span>}
      </span>
    </div>
  );
}
