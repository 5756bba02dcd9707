import type { ReactNode } from 'react';
import { Popover } from 'react-aria-components';
import './field.css';

/** What opens beside its button. It is put inside the page's main part, so that nothing stands outside of the landmarks. */
export function Float({ roomy = false, children }: { roomy?: boolean; children: ReactNode }) {
  const main = document.getElementById('content');
  return (
    <Popover className={roomy ? 'float roomy' : 'float'} placement="bottom start" {...(main && { UNSTABLE_portalContainer: main })}>
      {children}
    </Popover>
  );
}
