import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import './fold.css';

/** Something folded away until asked for. */
export function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Disclosure className="fold">
      <Button slot="trigger" className="fold-button">
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d="m4 2 4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        {title}
      </Button>
      <DisclosurePanel>{children}</DisclosurePanel>
    </Disclosure>
  );
}
