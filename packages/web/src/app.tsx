import { RouterProvider } from 'react-aria-components';
import { LanguageProvider } from './language.tsx';
import { NoticeProvider } from './parts/notice.tsx';
import { navigate } from './router.ts';
import { SessionProvider } from './session.tsx';
import { Guard } from './shell/guard.tsx';
import { Rooms } from './shell/rooms.tsx';

export function App() {
  return (
    <LanguageProvider>
      <RouterProvider navigate={navigate}>
        <SessionProvider>
          <NoticeProvider>
            <Guard>
              <Rooms />
            </Guard>
          </NoticeProvider>
        </SessionProvider>
      </RouterProvider>
    </LanguageProvider>
  );
}
