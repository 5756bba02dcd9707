/** Those who wait before they try again, to be woken early when their peer answers. */
export interface Pauses extends Disposable {
  /**
   * Resolves after `ms`, at once when all is over, or when the peer is heard of again; then with true. Not before `least` ms have passed: what
   * is refused again and again while all else gets through shall not be tried at the pace of the others.
   */
  wait(ms: number, peer?: string, least?: number): Promise<boolean>;
  /** Wakes some of those who wait for the peer, the longest waiting first; the success of each wakes more. False when nobody waits. */
  wake(peer: string): boolean;
}

const AT_ONCE = 32;
/** Among so many of the longest waiting: it is asked with every message that gets through. */
const LOOKED_AT = 500;

interface Pause {
  readonly end: (early: boolean) => void;
  readonly from: number;
}

export function openPauses(): Pauses {
  const all = new Set<Pause>();
  const byPeer = new Map<string, Set<Pause>>();
  let over = false;

  function drop(pause: Pause, peer: string | undefined): void {
    all.delete(pause);
    const others = peer === undefined ? undefined : byPeer.get(peer);
    others?.delete(pause);
    if (peer !== undefined && others?.size === 0) byPeer.delete(peer);
  }

  function keep(pause: Pause, peer: string | undefined): void {
    all.add(pause);
    if (peer === undefined) return;
    const others = byPeer.get(peer);
    if (others) others.add(pause);
    else byPeer.set(peer, new Set([pause]));
  }

  return {
    wait(ms, peer, least = 0) {
      if (over) return Promise.resolve(false);
      return new Promise((resolve) => {
        const pause: Pause = {
          from: Date.now() + least,
          end(early) {
            clearTimeout(timer);
            drop(pause, peer);
            resolve(early);
          },
        };
        const timer = setTimeout(pause.end, ms, false);
        keep(pause, peer);
      });
    },
    wake(peer) {
      const waiting = byPeer.get(peer);
      if (!waiting) return false;
      const now = Date.now();
      let woken = 0;
      let looked = 0;
      for (const pause of waiting) {
        if (woken === AT_ONCE || ++looked > LOOKED_AT) break;
        if (pause.from > now) continue;
        pause.end(true);
        woken++;
      }
      return true;
    },
    [Symbol.dispose]() {
      over = true;
      for (const pause of all) pause.end(false);
    },
  };
}
