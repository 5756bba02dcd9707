import { useWords } from '../../language.tsx';
import { Tabs } from '../../parts/tabs.tsx';

const ADDRESSES = { offers: '/offers', files: '/offers/files', services: '/offers/services' } as const;
const NAMES = ['offers', 'files', 'services'] as const;

export function OfferTabs({ on }: { on: (typeof NAMES)[number] }) {
  const words = useWords();
  return (
    <Tabs
      label={words.rooms.offers}
      tabs={NAMES.map((name) => ({ href: ADDRESSES[name], name: words.offers.tabs[name], on: name === on }))}
    />
  );
}
