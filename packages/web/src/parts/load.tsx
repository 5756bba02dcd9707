import type { ReactNode } from 'react';
import type { Live } from '../live.ts';
import { Progress } from './progress.tsx';
import { Trouble } from './trouble.tsx';

/** Progress until there is an answer, the trouble if there is one, then the answer drawn. */
export function Load<T>({ live, what, children }: { live: Live<T>; what?: string; children: (data: T) => ReactNode }) {
  const { data, error, reload } = live;
  return (
    <>
      <Trouble error={error} onRetry={reload} />
      {data === undefined ? !error && <Progress {...(what ? { what } : {})} /> : children(data)}
    </>
  );
}
