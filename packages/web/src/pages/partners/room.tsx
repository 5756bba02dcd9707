import { DatasetPage } from './dataset.tsx';
import { PartnerList } from './list.tsx';
import { NewPartnerPage } from './new.tsx';
import { PartnerPage } from './partner.tsx';
import { SearchPage } from './search.tsx';

export function PartnersRoom({ path: [did, dataset] }: { path: readonly string[] }) {
  if (!did) return <PartnerList />;
  if (did === 'new') return <NewPartnerPage />;
  if (did === 'search') return <SearchPage />;
  if (dataset) return <DatasetPage key={`${did} ${dataset}`} did={did} id={dataset} />;
  return <PartnerPage key={did} did={did} />;
}
