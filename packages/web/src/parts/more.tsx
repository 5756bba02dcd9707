import { useWords } from '../language.tsx';
import type { Act } from '../live.ts';
import { Button } from './button.tsx';
import { Progress } from './progress.tsx';
import { Trouble } from './trouble.tsx';

/** The next page of a list; nothing on the last. */
export function More({ act, word }: { act: Act<[]> | null; word?: string }) {
  const { common } = useWords();
  if (!act) return null;
  return (
    <>
      <Trouble error={act.error} />
      <div className="row no-print">
        <Button onPress={act.run} isDisabled={act.busy}>
          {word ?? common.more}
        </Button>
        {act.busy && <Progress />}
      </div>
    </>
  );
}
