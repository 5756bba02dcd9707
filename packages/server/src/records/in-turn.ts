const turns = new Map<string, Promise<unknown>>();

/**
 * One after the other for each record: for work that reads the newest version to decide whether a new one is needed. One program alone
 * serves a database, so its memory is enough.
 */
export function inTurn<T>(house: { readonly did: string }, kind: string, id: string, work: () => Promise<T>): Promise<T> {
  const key = JSON.stringify([house.did, kind, id]);
  const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
  turns.set(key, turn);
  const leave = () => void (turns.get(key) === turn && turns.delete(key));
  turn.then(leave, leave);
  return turn;
}
