import { Link } from 'react-aria-components';
import './tabs.css';

interface Props {
  label: string;
  tabs: readonly { readonly href: string; readonly name: string; readonly on: boolean }[];
}

/** The parts of a room or page that each have an address. */
export function Tabs({ label, tabs }: Props) {
  return (
    <nav className="tabs no-print" aria-label={label}>
      {tabs.map(({ href, name, on }) => (
        <Link key={href} href={href} aria-current={on ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
