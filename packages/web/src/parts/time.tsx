import { moment, withZone } from '../format.ts';

/** A moment in the reader's zone; the zone is named on demand. */
export function Time({ at, seconds = false }: { at: string; seconds?: boolean }) {
  return (
    <time className="figure" dateTime={at} title={withZone(at)}>
      {moment(at, seconds)}
    </time>
  );
}
