import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { nameOf } from './chain.ts';
import type { Step, StepState } from './stage.ts';

const MARK: Readonly<Record<StepState, string>> = { done: '✔', already: '·', waiting: '…', refused: '✖', failed: '✖' };
const COLOUR = { done: 'green', already: 'gray', waiting: 'yellow', refused: 'red', failed: 'red' } as const satisfies Record<
  StepState,
  string
>;

/** Prints a step as one line: who (to whom), what in Korean and beside it in English, how long it took. Colour only on a terminal. */
export function printer(out: Pick<WriteStream, 'write'> & { isTTY?: boolean }): (step: Step) => void {
  return (step) => out.write(`${line(step, out.isTTY === true)}\n`);
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
