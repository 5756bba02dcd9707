import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

/** What a measurement works with. */
export interface Bench {
  /** Fewer repetitions: shows that everything runs, the figures mean little. */
  readonly quick: boolean;
  /** Makes a folder that is gone when the benchmark ends. */
  folder(name: string): string;
  /** Ends with the measurement, in the opposite order; also when it fails or is interrupted. */
  use<T extends AsyncDisposable | Disposable>(resource: T): T;
  /** One line of progress. */
  say(line: string): void;
}

export type Measure = (bench: Bench) => Promise<Figure[]>;

/** A bench whose folders lie in `root`; disposing it ends what is in use. */
export function openBench(root: string, quick: boolean): Bench & AsyncDisposable {
  const used = new AsyncDisposableStack();
  return {
    quick,
    folder(name) {
      const path = join(root, name);
      mkdirSync(path);
      return path;
    },
    use: (resource) => used.use(resource),
    say: (line) => process.stderr.write(`  ${line}\n`),
    [Symbol.asyncDispose]: () => used.disposeAsync(),
  };
}
