import type { Text } from '@madang/core/text.ts';
import { useRead, useWords } from '../language.tsx';
import { Mark } from './badge.tsx';
import { Button } from './button.tsx';
import './trouble.css';

/** The registry's text of an error, or that the server cannot be reached. */
export function useErrorText(): (error: unknown) => string {
  const words = useWords();
  const read = useRead();
  return (error) => {
    const text = (error as { text?: Text } | null)?.text;
    return typeof text?.ko === 'string' ? read(text) : words.errors.offline;
  };
}

/** Shows an error where it happened; nothing when there is none. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const words = useWords();
  const textOf = useErrorText();
  if (!error) return null;
  return (
    <div className="trouble" role="alert">
      <Mark look="stopped" />
      <p>{textOf(error)}</p>
      {onRetry && <Button onPress={onRetry}>{words.common.retry}</Button>}
    </div>
  );
}
