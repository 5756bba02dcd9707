import type { DeadLetter, ExchangeDetail, Reason } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { grouped } from '../../format.ts';
import { useWords } from '../../language.tsx';
import { type Live, useAct, useLive } from '../../live.ts';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Reasons } from '../../parts/reasons.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { messageWord } from '../../parts/words.ts';
import { to } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { ExchangeTabs } from './tabs.tsx';
import './exchanges.css';

/** Messages that were given up or refused: why, and the two things that can be done. */
export function LettersPage() {
  const t = useWords().letters;
  const letters = useLetters();
  return (
    <Page title={t.title} purpose={t.purpose}>
      <ExchangeTabs on="unsent" />
      <Load live={letters}>
        {(data) =>
          data.length === 0 ? (
            <Empty text={t.empty} />
          ) : (
            <ul className="stack">
              {data.map((letter) => (
                <Letter key={letter.id} letter={letter} Head="h2" onDone={letters.reload} />
              ))}
            </ul>
          )
        }
      </Load>
    </Page>
  );
}

function useLetters(): Live<readonly DeadLetter[]> {
  const { client } = useMe();
  return useLive('letters', ['exchange'], async (signal) => (await client.call('deadLetters', { signal })).letters);
}

/** What of one exchange could not be sent, beside its own reasons; nothing when all was. */
export function LettersOf({ exchange: { id, reasons } }: { exchange: ExchangeDetail }) {
  const t = useWords().letters;
  const letters = useLetters();
  const own = letters.data?.filter((letter) => letter.exchange === id) ?? [];
  if (own.length === 0) return null;
  return (
    <Section title={t.title}>
      <ul className="stack">
        {own.map((letter) => (
          <Letter key={letter.id} letter={letter} Head="h3" told={reasons} onDone={letters.reload} />
        ))}
      </ul>
    </Section>
  );
}

interface Props {
  letter: DeadLetter;
  Head: 'h2' | 'h3';
  /** Inside its exchange: the reasons that stand there already. */
  told?: readonly Reason[];
  onDone: () => void;
}

function Letter({ letter, Head, told, onDone }: Props) {
  const words = useWords();
  const t = words.letters;
  const { client } = useMe();
  const say = useNotice();
  const params = { id: letter.id };
  const again = useAct(async () => {
    await client.call('sendAgain', { params });
    say({ text: t.sent });
    onDone();
  });
  const drop = useAct(async () => {
    await client.call('dropLetter', { params });
    say({ text: t.dropped });
    onDone();
  });
  const busy = again.busy || drop.busy;
  const name = `${messageWord(words, letter.message)}: ${letter.title}`;
  return (
    <li className="card stack">
      <Head>{name}</Head>
      <dl className="figures small">
        <div>
          <dt>{t.partner}</dt>
          <dd>
            <Link href={to('partners', letter.partner.did)}>{letter.partner.name}</Link>
          </dd>
        </div>
        <div>
          <dt>{t.when}</dt>
          <dd>
            <Time at={letter.diedAt} />
          </dd>
        </div>
        <div>
          <dt>{t.tries}</dt>
          <dd className="figure">{t.triesTimes(grouped(letter.tries))}</dd>
        </div>
      </dl>
      {!told && (
        <p className="small">
          <Link href={to('exchanges', letter.exchange)}>{t.see}</Link>
        </p>
      )}
      <Reasons reasons={letter.reasons.filter((r) => !told?.some((other) => other.text.en === r.text.en))} />
      {!letter.canSend && <p>{t.moved}</p>}
      <Trouble error={again.error ?? (letter.canSend ? null : drop.error)} />
      <div className="row">
        {letter.canSend && (
          <Button weight="main" isDisabled={busy} onPress={again.run} aria-label={`${t.again}: ${name}`}>
            {t.again}
          </Button>
        )}
        {letter.canSend ? (
          <AskOnce word={t.drop} label={`${t.drop}: ${name}`} sentence={t.dropAsk} yes={t.drop} act={drop} />
        ) : (
          <Button isDisabled={busy} onPress={drop.run} aria-label={`${t.drop}: ${name}`}>
            {t.drop}
          </Button>
        )}
        {again.busy && <Progress what={t.sending} />}
      </div>
    </li>
  );
}
