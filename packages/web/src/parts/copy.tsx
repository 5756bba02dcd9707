import { useState } from 'react';
import { useWords } from '../language.tsx';
import { Button } from './button.tsx';

/** A long identifier with a way to take it along. */
export function Copyable({ text }: { text: string }) {
  const words = useWords();
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
  };
  return (
    <span className="row">
      <code>{text}</code>
      <Button weight="quiet" onPress={copy} aria-label={`${words.common.copy}: ${text}`}>
        {done ? words.common.copied : words.common.copy}
      </Button>
    </span>
  );
}
