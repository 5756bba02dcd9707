/** Three digits or so, and groups of thousands: `1,234`, `12.3`, `0.87`. */
export function show(value: number, unit = ''): string {
  const digits = unit === '' || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const text = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === '' ? text : unit === '/s' ? `${text}/s` : `${text} ${unit}`;
}
