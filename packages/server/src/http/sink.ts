/** Takes bytes into memory of its own, so that nothing is made anew for each piece that arrives. */
export interface ByteSink {
  /** Room for the next bytes, never empty. */
  readonly room: () => Uint8Array;
  /** So many have come into the room. With a promise, `room` and the next bytes wait for it; it fails when nothing more can be taken. */
  readonly filled: (bytes: number) => Promise<void> | undefined;
}

/** Copies what lies elsewhere. */
export async function pour(sink: ByteSink, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const room = sink.room();
    const piece = bytes.subarray(at, at + room.length);
    room.set(piece);
    at += piece.length;
    const wait = sink.filled(piece.length);
    if (wait) await wait;
  }
}
