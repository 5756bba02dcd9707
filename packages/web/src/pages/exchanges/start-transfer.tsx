import { type DataKind, FORMATS, type Format } from '@madang/core/api/views.ts';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { wayOf } from '../../parts/words.ts';
import { useMe } from '../../session.tsx';
import './exchanges.css';

interface Props {
  agreement: string;
  /** Those that the provider serves; the plain fetch is tried when it is not known. */
  formats: readonly string[];
  kind: DataKind | (string & {}) | null;
  /** Whether this is the next step here. */
  main: boolean;
  onStarted?: (transfer: string) => void;
}

/** The ways to receive the data of an agreement, each one button. */
export function StartTransfer({ agreement, formats, kind, main, onStarted }: Props) {
  const words = useWords();
  const t = words.transfer;
  const { client } = useMe();
  const start = useAct(async (format: Format) => {
    const { id } = await client.call('transfer', { body: { agreement, format } });
    onStarted?.(id);
  });
  const known = FORMATS.filter((f) => formats.includes(f));
  const ways: readonly Format[] = known.length > 0 ? known : ['HttpData-PULL'];
  return (
    <div className="card stack no-print">
      <p>
        <strong>{t.start}</strong> <span className="quiet">{t.startPurpose}</span>
      </p>
      <ul className="ways">
        {ways.map((format, i) => {
          const { name, text } = wayOf(words, format, kind);
          return (
            <li key={format}>
              <Button weight={main && i === 0 ? 'main' : 'plain'} isDisabled={start.busy} onPress={() => start.run(format)}>
                {name}
              </Button>
              <span className="quiet small">{text}</span>
            </li>
          );
        })}
      </ul>
      {start.busy && <Progress what={t.starting} />}
      <Trouble error={start.error} />
    </div>
  );
}
