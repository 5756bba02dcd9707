/** A sentence in both languages of the product. Korean comes first on every screen. */
export interface Text {
  readonly ko: string;
  readonly en: string;
}

/** Fills `{name}` places of a text. A place without a value stays visible, so that a missing value is never hidden. */
export function fill(text: Text, values: Readonly<Record<string, string | number>>): Text {
  const put = (s: string) => s.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  return { ko: put(text.ko), en: put(text.en) };
}
