const turns = new Map<string, Promise<unknown>>();

/**
 * What names, removes or sweeps the bytes of one content goes one after the other: a content is stored again at the moment it is removed.
 * One program alone serves a data folder, so its memory is enough.
 */
export function blobInTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(path) ?? Promise.resolve()).then(work, work);
  turns.set(path, turn);
  const leave = () => void (turns.get(path) === turn && turns.delete(path));
  turn.then(leave, leave);
  return turn;
}
