import assert from 'node:assert/strict';
import { next, type Sender, type Table } from './state.ts';

/**
 * Plays a line such as `C:REQ P:OFFER C:VERIFY!` on a table; `!` marks a message that must be refused.
 * Returns the state at the end; null when nothing was created.
 */
export function play(table: Table, words: Readonly<Record<string, string>>, line: string): string | null {
  let state: string | null = null;
  for (const step of line.split(' ')) {
    const [side, word = ''] = step.replace('!', '').split(':');
    const sender: Sender = side === 'C' ? 'consumer' : 'provider';
    const message = words[word];
    assert.ok(message, `no message ${word}`);
    const { to, refused }: ReturnType<typeof next> = next(table, state, message, sender);
    assert.equal(refused?.code, step.endsWith('!') ? 'illegal_transition' : undefined, `${line}: ${step} in ${state}`);
    if (to !== undefined) state = to;
  }
  return state;
}
