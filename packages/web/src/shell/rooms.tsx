import type { ReactNode } from 'react';
import { ExchangesRoom } from '../pages/exchanges/room.tsx';
import { HomePage } from '../pages/home/home.tsx';
import { OffersRoom } from '../pages/offers/room.tsx';
import { PartnersRoom } from '../pages/partners/room.tsx';
import { PassportList } from '../pages/passports/list.tsx';
import { PassportPage } from '../pages/passports/passport.tsx';
import { ProductsRoom } from '../pages/products/room.tsx';
import { SettingsPage } from '../pages/settings/settings.tsx';
import { SignInPage } from '../pages/sign-in/sign-in.tsx';
import { Progress } from '../parts/progress.tsx';
import { type Place, usePlace } from '../router.ts';
import { useSession } from '../session.tsx';
import { NotFound } from './not-found.tsx';
import { Outside, Shell } from './shell.tsx';

/** The room that an address shows, inside the house for its owner, outside for everyone else. */
export function Rooms() {
  const place = usePlace();
  const { state } = useSession();
  const [participant, passport] = place.room === 'passports' ? place.path : [];
  if (state.at === 'asking') return <Outside>{<Progress />}</Outside>;
  if (participant && passport) {
    const page = <PassportPage key={passport} participant={participant} id={passport} />;
    return state.at === 'in' && state.me.id === participant ? <Shell room="passports">{page}</Shell> : <Outside>{page}</Outside>;
  }
  if (state.at === 'out') return <SignInPage problem={state.problem} />;
  return (
    <Shell key={state.me.id} room={place.room}>
      {roomOf(place)}
    </Shell>
  );
}

function roomOf({ room, path }: Place): ReactNode {
  switch (room) {
    case 'home':
      return <HomePage />;
    case 'products':
      return <ProductsRoom path={path} />;
    case 'partners':
      return <PartnersRoom path={path} />;
    case 'offers':
      return <OffersRoom path={path} />;
    case 'exchanges':
      return <ExchangesRoom path={path} />;
    case 'passports':
      return <PassportList />;
    case 'settings':
      return <SettingsPage />;
    default:
      return <NotFound />;
  }
}
