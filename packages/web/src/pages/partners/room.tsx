import { PartnerList } from './list.tsx';
import { NewPartnerPage } from './new.tsx';
import { PartnerPage } from './partner.tsx';

export function PartnersRoom({ path: [did] }: { path: readonly string[] }) {
  if (!did) return <PartnerList />;
  if (did === 'new') return <NewPartnerPage />;
  return <PartnerPage key={did} did={did} />;
}
