import type { Protocol, Reason, StepView } from '@madang/core/api/views.ts';
import { duration } from '../format.ts';
import { useLanguage, useRead } from '../language.tsx';
import { Badge, Mark } from './badge.tsx';
import type { Look } from './look.ts';
import { Reasons } from './reasons.tsx';
import { Time } from './time.tsx';
import { messageWord, stateWord } from './words.ts';
import './timeline.css';

/** A step that tells of a message which did not go through. */
const UNDELIVERED = 'refused';

interface Props {
  steps: readonly StepView[];
  protocol: Protocol;
  /** Reasons that stand above already. */
  told: readonly Reason[];
}

/** The steps of an exchange: who sent what when, how long it took, what still waits to be delivered. */
export function Timeline({ steps, protocol, told }: Props) {
  const { lang, words } = useLanguage();
  const read = useRead();
  return (
    <ol className="timeline">
      {steps.map((step) => (
        <li key={step.seq} className={step.sender}>
          <span className="timeline-mark">
            <Mark look={lookOf(step)} />
          </span>
          <div className="timeline-step">
            <p>
              <strong>{messageWord(words, step.message)}</strong>{' '}
              {step.message !== UNDELIVERED && (
                <span className="quiet">{words.exchanges.stepFrom(words.common[step.sender === 'me' ? 'us' : 'them'])}</span>
              )}
            </p>
            <p className="small quiet row">
              <Time at={step.at} seconds />
              <span className="figure">{step.after === null ? words.exchanges.first : `+ ${duration(step.after, lang)}`}</span>
              <Badge look={lookOf(step)} word={stateWord(words, protocol, step.state)} />
            </p>
            {step.pending && (
              <p className={step.pending.tries > 0 ? 'small pending' : 'small quiet'}>
                {words.exchanges[step.sender === 'me' ? 'pending' : 'pulling'](step.pending.tries)}
                {step.pending.last && ` ${words.exchanges.pendingLast} ${read(step.pending.last)}`}
              </p>
            )}
            <Reasons reasons={step.reasons.filter((r) => !told.some((other) => other.text.en === r.text.en))} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function lookOf(step: StepView): Look {
  if (step.state === 'TERMINATED' || step.message === UNDELIVERED) return 'stopped';
  // What is behind an arrived message is work of ours: it has taken effect.
  if (step.pending && step.sender === 'me') return 'theirs';
  return 'force';
}
