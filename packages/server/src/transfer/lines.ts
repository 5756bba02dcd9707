import { MadangError } from '@madang/core/error.ts';

/** Bytes. */
export const LONGEST_LINE = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * The lines of a stream of bytes, as many at once as have come; the last one needs no end. Of a line without an end no more is kept than one may hold.
 * @throws MadangError `pull_unreadable`
 */
export async function* linesOf(stream: AsyncIterable<Uint8Array>, count: (bytes: number) => void): AsyncGenerator<string[]> {
  let rest: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    count(chunk.length);
    const end = chunk.lastIndexOf(NEWLINE);
    if (end < 0) {
      rest.push(chunk);
      size += chunk.length;
    } else {
      const lines = decode([...rest, chunk.subarray(0, end)]).split('\n');
      if (lines.some((line) => line.length > LONGEST_LINE)) throw tooLong();
      const tail = chunk.subarray(end + 1);
      rest = tail.length > 0 ? [tail] : [];
      size = tail.length;
      yield lines;
    }
    if (size > LONGEST_LINE) throw tooLong();
  }
  if (size > 0) yield [decode(rest)];
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decode(chunks: readonly Uint8Array[]): string {
  try {
    return UTF8.decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new MadangError('pull_unreadable', { values: { why: 'UTF-8' }, cause });
  }
}

const tooLong = () => new MadangError('pull_unreadable', { values: { why: `a line of more than ${LONGEST_LINE} bytes` } });
