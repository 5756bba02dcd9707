import type { Reach } from '@madang/core/api/views.ts';
import { useWords } from '../language.tsx';
import { Badge } from './badge.tsx';
import { LOOK_OF_REACH } from './look.ts';

/** Whether a partner's connector answers, by shape and word. */
export function ReachBadge({ reach }: { reach: Reach }) {
  const { states } = useWords().partners.reach;
  return <Badge look={LOOK_OF_REACH[reach.state]} word={states[reach.state]} />;
}
