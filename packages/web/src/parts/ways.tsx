import type { DataKind } from '@madang/core/api/views.ts';
import { useWords } from '../language.tsx';
import { wayOf } from './words.ts';

/** The ways in which a dataset can travel, each with what it means. */
export function Ways({ formats, kind }: { formats: readonly string[]; kind: DataKind | (string & {}) | null }) {
  const words = useWords();
  return (
    <dl className="facts">
      {formats.map((format) => {
        const { name, text } = wayOf(words, format, kind);
        return (
          <div key={format} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{text === name ? <code>{format}</code> : text}</dd>
          </div>
        );
      })}
    </dl>
  );
}
