import { useState } from 'react';
import { useWords } from '../language.tsx';
import type { Act } from '../live.ts';
import { Button } from './button.tsx';
import { Trouble } from './trouble.tsx';

interface Props {
  /** The step, and what it is called in full for those who do not see what it stands at. */
  word: string;
  label?: string;
  /** What will be so afterwards. */
  sentence: string;
  yes: string;
  act: Act<[]>;
}

/** A step that cannot be undone: it says what will be, and asks once. */
export function AskOnce({ word, label, sentence, yes, act }: Props) {
  const { common } = useWords();
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <Button weight="grave" onPress={() => setAsking(true)} {...(label !== undefined && { 'aria-label': label })}>
        {word}
      </Button>
    );
  return (
    <div className="stack tight">
      <p>{sentence}</p>
      <div className="row">
        <Button weight="grave" onPress={act.run} isDisabled={act.busy} autoFocus>
          {yes}
        </Button>
        <Button onPress={() => setAsking(false)}>{common.cancel}</Button>
      </div>
      <Trouble error={act.error} />
    </div>
  );
}
