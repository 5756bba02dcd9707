import type { Socket } from 'node:net';

interface Watched {
  /** Undefined until there is one. */
  readonly socket: () => Pick<Socket, 'bytesRead' | 'bytesWritten'> | null | undefined;
  /** Whether it is we who do not take more at this moment. */
  readonly holding: () => boolean;
  /** Milliseconds; it is noticed up to a quarter later. */
  readonly limit: number;
  readonly onIdle: () => void;
}

/** Calls `onIdle` once when no byte has gone either way for so long. Nothing is done for each byte: a stream may bring a million a second. */
export function watchIdle({ socket, holding, limit, onIdle }: Watched): Disposable {
  let seen = 0;
  let since = Date.now();
  const beat = setInterval(() => {
    const { bytesRead, bytesWritten } = socket() ?? { bytesRead: 0, bytesWritten: 0 };
    if (bytesRead + bytesWritten !== seen || holding()) {
      seen = bytesRead + bytesWritten;
      since = Date.now();
    } else if (Date.now() - since >= limit) {
      clearInterval(beat);
      onIdle();
    }
  }, limit / 4);
  return { [Symbol.dispose]: () => clearInterval(beat) };
}
