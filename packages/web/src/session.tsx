import { ApiError, type Client, createClient } from '@madang/client/client.ts';
import type { ChangeEvent, Me } from '@madang/core/api/views.ts';
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react';
import { forget, tell } from './live.ts';

export const host: Client = createClient();

type State =
  | { readonly at: 'asking' }
  | { readonly at: 'out'; readonly problem: unknown }
  | { readonly at: 'in'; readonly me: Me; readonly client: Client };

interface Session {
  readonly state: State;
  readonly signIn: (key: string) => Promise<void>;
  readonly signOut: () => Promise<void>;
  readonly setMe: (me: Me) => void;
}

const Context = createContext<Session | null>(null);
const entered = (me: Me): State => ({ at: 'in', me, client: createClient({ participant: me.id }) });

/** Who is signed in, held by an HttpOnly cookie; keeps the stream of changes open meanwhile. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>({ at: 'asking' });
  const leave = useCallback((problem: unknown) => {
    forget();
    setState({ at: 'out', problem: problem instanceof ApiError && problem.status === 401 ? null : problem });
  }, []);
  useEffect(() => {
    host.host('session').then((me) => setState(entered(me)), leave);
  }, [leave]);
  const client = state.at === 'in' ? state.client : null;
  useEffect(() => {
    if (!client) return;
    const stop = new AbortController();
    let opened = false;
    const onOpen = () => {
      if (opened) tell(null);
      opened = true;
    };
    client.events((change: ChangeEvent) => tell(change), stop.signal, onOpen).catch(leave);
    return () => stop.abort();
  }, [client, leave]);
  const session: Session = {
    state,
    signIn: async (key) => {
      const me = await host.host('signIn', { body: { key } });
      forget();
      setState(entered(me));
    },
    signOut: async () => {
      await client?.call('signOut');
      leave(null);
    },
    setMe: (me) => setState((now) => (now.at === 'in' ? { ...now, me } : now)),
  };
  return <Context value={session}>{children}</Context>;
}

export function useSession(): Session {
  const session = use(Context);
  if (!session) throw new Error('no session provider above');
  return session;
}

/** The signed-in firm and its client; only below a signed-in shell. */
export function useMe(): { readonly me: Me; readonly client: Client } {
  const { state } = useSession();
  if (state.at !== 'in') throw new Error('not signed in');
  return state;
}
