import type { Reach } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';
import { toUtc } from '@madang/core/time.ts';
import type { Logger } from 'pino';
import type { Store } from '../db/store.ts';
import type { Changes } from '../jobs/changes.ts';
import { partnerReach } from './partner-store.ts';

type Seen = Omit<Reach, 'since'>;

/** Whether partners answer, as each exchange of messages shows it. In memory; stored, and told, only when it changes. */
export interface Reaches {
  /** It has answered, whatever it said, or has sent something. */
  met(participant: string, did: string): void;
  /** It has not answered several times in a row. */
  missed(participant: string, did: string, error: Text): void;
  /** Stores what was seen; since when it is so, null for one that is not in the address book. */
  save(participant: string, did: string, seen: Seen): Promise<string | null>;
  /** As seen by this process; undefined when nothing was seen yet. */
  seen(participant: string, did: string): Seen | undefined;
}

/** Anyone may send something: the one seen longest ago is forgotten. */
const MOST = 20_000;

export function openReaches(store: Store, changes: Changes, log: Logger): Reaches {
  const known = new Map<string, Seen>();
  // DIDs hold no blanks.
  const keyOf = (participant: string, did: string) => `${participant} ${did}`;

  async function save(participant: string, did: string, seen: Seen): Promise<string | null> {
    known.set(keyOf(participant, did), seen);
    if (known.size > MOST) known.delete(known.keys().next().value as string);
    const { news, since } = await partnerReach(store, participant, { did, ...seen });
    if (news) changes.tell(participant, { type: 'partner', id: did });
    return since === null ? null : toUtc(since);
  }

  function note(participant: string, did: string, seen: Seen): void {
    const key = keyOf(participant, did);
    if (known.get(key)?.state === seen.state) return void known.set(key, seen);
    save(participant, did, seen).catch((error: unknown) => {
      known.delete(key);
      log.warn({ err: error }, 'reach');
    });
  }

  return {
    met(participant, did) {
      if (known.get(keyOf(participant, did))?.state !== 'reached') note(participant, did, REACHED);
    },
    missed: (participant, did, error) => note(participant, did, { state: 'unreachable', error }),
    save,
    seen: (participant, did) => known.get(keyOf(participant, did)),
  };
}

const REACHED = { state: 'reached', error: null } as const;
