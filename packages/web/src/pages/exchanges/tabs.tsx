import { useWords } from '../../language.tsx';
import { Tabs } from '../../parts/tabs.tsx';

const ADDRESSES = { exchanges: '/exchanges', received: '/exchanges/received', unsent: '/exchanges/unsent' } as const;
const NAMES = ['exchanges', 'received', 'unsent'] as const;

export function ExchangeTabs({ on }: { on: (typeof NAMES)[number] }) {
  const words = useWords();
  return (
    <Tabs
      label={words.rooms.exchanges}
      tabs={NAMES.map((name) => ({ href: ADDRESSES[name], name: words.exchanges.tabs[name], on: name === on }))}
    />
  );
}
