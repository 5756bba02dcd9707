import { FilePage } from '../files/file.tsx';
import { FilesPage } from './files.tsx';
import { OfferList } from './list.tsx';
import { NewOfferPage } from './new.tsx';
import { OfferPage } from './offer.tsx';
import { ServicesPage } from './services.tsx';

export function OffersRoom({ path: [id, second] }: { path: readonly string[] }) {
  if (!id) return <OfferList />;
  if (id === 'new') return <NewOfferPage />;
  if (id === 'files') return second ? <FilePage key={second} sha256={second} room="offers" /> : <FilesPage />;
  if (id === 'services') return <ServicesPage />;
  return <OfferPage key={id} id={id} />;
}
