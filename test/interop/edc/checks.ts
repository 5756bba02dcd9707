/** One thing that was tried, and why it failed. */
interface Outcome {
  readonly name: string;
  readonly ms: number;
  readonly error?: string;
}

export interface Checks {
  readonly outcomes: readonly Outcome[];
  /** Tries something and tells how it went; what follows goes on either way. Resolves with what it brought, undefined when it failed. */
  readonly check: <T>(name: string, work: () => Promise<T>) => Promise<T | undefined>;
  /** Found, passed and failed, in the form of the test kits. */
  readonly result: () => string;
}

export function openChecks(say: (line: string) => void): Checks {
  const outcomes: Outcome[] = [];
  return {
    outcomes,
    async check(name, work) {
      const began = performance.now();
      const ended = (error?: string) => {
        const ms = Math.round(performance.now() - began);
        outcomes.push({ name, ms, ...(error === undefined ? {} : { error }) });
        say(
          `${error === undefined ? '✔' : '✖'} ${name} (${ms} ms)${error === undefined ? '' : `\n    ${error.replaceAll('\n', '\n    ')}`}`,
        );
      };
      try {
        const brought = await work();
        ended();
        return brought;
      } catch (error) {
        ended(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    },
    result() {
      const failed = outcomes.filter(({ error }) => error !== undefined).length;
      return `RESULT found=${outcomes.length} passed=${outcomes.length - failed} failed=${failed} skipped=0`;
    },
  };
}
