import { renderSVG } from 'uqr';

/** A QR code of an address, dark on white in both themes so that every phone reads it. */
export function Qr({ text, label }: { text: string; label: string }) {
  const src = `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 2 }))}`;
  return <img className="qr" src={src} alt={label} width="168" height="168" />;
}
