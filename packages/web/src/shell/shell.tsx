import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';
import { useWords } from '../language.tsx';
import { useMe } from '../session.tsx';
import { Brand } from './brand.tsx';
import { Icon } from './icon.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import './shell.css';

const ROOMS = ['home', 'products', 'partners', 'offers', 'exchanges', 'passports', 'settings'] as const;

/** The house from inside: its rooms at the side (at the foot of a phone), the open room beside them. */
export function Shell({ room, children }: { room: string; children: ReactNode }) {
  const words = useWords();
  const { me } = useMe();
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="shell-head no-print">
        <Link href="/" className="home-link">
          <Brand />
        </Link>
        <span className="shell-name">{me.name}</span>
        <LanguageSwitch />
      </header>
      <nav className="shell-nav no-print" aria-label={words.rooms.label}>
        <ul>
          {ROOMS.map((name) => (
            <li key={name} className={name}>
              <Link href={name === 'home' ? '/' : `/${name}`} aria-current={name === room ? 'page' : undefined}>
                <Icon room={name} />
                <span>{words.rooms[name]}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" className="shell-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** The street side: no rooms, only what is shown to anyone. */
export function Outside({ children }: { children: ReactNode }) {
  const words = useWords();
  return (
    <div className="outside">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="shell-head no-print">
        <Link href="/" className="home-link">
          <Brand />
        </Link>
        <span className="shell-name" />
        <LanguageSwitch />
      </header>
      <main id="content" className="shell-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
