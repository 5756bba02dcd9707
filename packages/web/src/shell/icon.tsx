const PATHS: Readonly<Record<string, string>> = {
  home: 'M3 9.5 10 4l7 5.5V16.5H12.5V12h-5v4.5H3z',
  products: 'M3.5 6.5 10 3l6.5 3.5v7L10 17l-6.5-3.5zM3.5 6.5 10 10l6.5-3.5M10 10v7',
  partners: 'M2.5 8h4v4h-4zM13.5 3.5h4v4h-4zM13.5 12.5h4v4h-4zM6.5 10h3.5M13.5 5.5H10v9h3.5',
  offers: 'M4 17V3h12v14M2.5 17h15M8 17V6.5l5-1.5v12M10.8 11v1',
  exchanges: 'M3 7h13M12.5 3.5 16 7l-3.5 3.5M17 13H4M7.5 9.5 4 13l3.5 3.5',
  passports: 'M4.5 2.5h11v15h-11zM10 6a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M7.5 14h5',
  settings: 'M3 6h8M15 6h2M13 4v4M3 14h2M9 14h8M7 12v4M3 10h14',
};

/** A sign of a room; its word always stands beside. */
export function Icon({ room }: { room: string }) {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={PATHS[room]} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}
