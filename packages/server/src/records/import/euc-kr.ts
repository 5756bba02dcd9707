const LEADS = 0xfe - 0x81 + 1;
const TRAILS = 0xfe - 0x41 + 1;
const REPLACEMENT = 0xfffd;

let table: Uint16Array | undefined;

const place = (lead: number, trail: number) => (lead - 0x81) * TRAILS + (trail - 0x41);
const isLetter = (trail: number) => (trail >= 0x41 && trail <= 0x5a) || (trail >= 0x61 && trail <= 0x7a);

/**
 * Code page 949. The platform's decoder knows only the KS X 1001 square (both bytes from A1), which lacks 8,822 of the 11,172
 * syllables. Code page 949 puts the missing ones, in Unicode order, on the codes that the square leaves free.
 */
function build(): Uint16Array {
  const codes = new Uint16Array(LEADS * TRAILS).fill(REPLACEMENT);
  const square = new TextDecoder('euc-kr');
  const known = new Set<number>();
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const text = square.decode(Uint8Array.of(lead, trail));
      if (text.length !== 1) continue;
      codes[place(lead, trail)] = text.charCodeAt(0);
      known.add(text.charCodeAt(0));
    }
  }
  let syllable = 0xac00;
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    const last = lead <= 0xa0 ? 0xfe : 0xa0;
    for (let trail = 0x41; trail <= last; trail++) {
      if (trail < 0x81 && !isLetter(trail)) continue;
      while (known.has(syllable)) syllable++;
      if (syllable > 0xd7a3) return codes;
      codes[place(lead, trail)] = syllable++;
    }
  }
  return codes;
}

/** Decodes EUC-KR and its superset, code page 949. Each byte that has no meaning there becomes U+FFFD. */
export function decodeEucKr(bytes: Uint8Array): string {
  table ??= build();
  const out: string[] = [];
  let units: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    const trail = bytes[i + 1] ?? 0;
    let unit = lead < 0x80 ? lead : REPLACEMENT;
    if (lead >= 0x81 && lead <= 0xfe && trail >= 0x41 && trail <= 0xfe) {
      unit = table[place(lead, trail)]!;
      if (unit !== REPLACEMENT) i++;
    }
    if (units.push(unit) === 8192) {
      out.push(String.fromCharCode(...units));
      units = [];
    }
  }
  return out.join('') + String.fromCharCode(...units);
}
