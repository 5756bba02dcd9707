import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Text } from '@madang/core/text.ts';
import { nameOf } from './chain.ts';
import type { Step, StepState } from './stage.ts';

const MARK: Readonly<Record<StepState, string>> = { done: '✔', already: '·', waiting: '…', refused: '✖', failed: '✖' };
const COLOUR = { done: 'green', already: 'gray', waiting: 'yellow', refused: 'red', failed: 'red' } as const satisfies Record<
  StepState,
  string
>;

const BEFORE: Text = { ko: '앞서 실행한 결과가 있어 그대로 씁니다', en: 'an earlier run has left its results; they are used as they are' };

/**
 * Prints a step as one line: who (to whom), what in Korean and beside it in English, how long it took. Colour only on a terminal.
 * What an earlier run did is one line in all.
 */
export function printer(out: Pick<WriteStream, 'write'> & { isTTY?: boolean }): (step: Step) => void {
  let before = false;
  return (step) => {
    if (step.state !== 'already') out.write(`${line(step, out.isTTY === true)}\n`);
    else if (!before) out.write(`${clock(step.at)} ${MARK.already} ${BEFORE.ko}  · ${BEFORE.en}\n`);
    before ||= step.state === 'already';
  };
}

export function line({ at, who, whom, what, took, state }: Step, colour: boolean): string {
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  const [from, to] = [nameOf(who), whom === undefined ? undefined : nameOf(whom)];
  const ko = `${from.ko}${to ? ` → ${to.ko}` : ''}: ${what.ko}`;
  const en = `${from.en}${to ? ` → ${to.en}` : ''}: ${what.en}`;
  return `${paint('gray', clock(at))} ${paint(COLOUR[state], MARK[state])} ${ko}  ${paint('gray', `· ${en}`)}${duration(took)}`;
}

const clock = (at: string) => new Date(at).toTimeString().slice(0, 8);
const duration = (took: number) => (took < 1 ? '' : took < 1000 ? `  ${Math.round(took)} ms` : `  ${(took / 1000).toFixed(1)} s`);
