import type { Text } from '@madang/core/text.ts';
import { useRead, useWords } from '../language.tsx';
import { Mark } from './badge.tsx';
import { Button } from './button.tsx';
import './trouble.css';

/** No answer came: where the server is and how it is started does not concern the person before the screen. */
const UNANSWERED = new Set(['unreachable', 'timed_out', 'bad_answer']);

/** The registry's text of an error, or that the server cannot be reached. */
export function useErrorText(): (error: unknown) => string {
  const words = useWords();
  const read = useRead();
  return (error) => {
    const { code = '', text } = (error ?? {}) as { code?: string; text?: Text };
    return text && !UNANSWERED.has(code) ? read(text) : words.errors.offline;
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
