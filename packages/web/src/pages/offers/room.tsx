import { OfferList } from './list.tsx';
import { NewOfferPage } from './new.tsx';
import { OfferPage } from './offer.tsx';

export function OffersRoom({ path: [id] }: { path: readonly string[] }) {
  if (!id) return <OfferList />;
  if (id === 'new') return <NewOfferPage />;
  return <OfferPage key={id} id={id} />;
}
