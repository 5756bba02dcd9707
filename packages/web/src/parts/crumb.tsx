import { Link } from 'react-aria-components';

/** The way back up, above a title. */
export function Crumb({ href, children }: { href: string; children: string }) {
  return (
    <Link className="crumb no-print" href={href}>
      <span aria-hidden="true">← </span>
      {children}
    </Link>
  );
}
