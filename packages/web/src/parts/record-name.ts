import type { RecordView } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';

interface Named {
  readonly name?: Text | string;
  readonly productNameCompany?: string;
  readonly line?: string;
}

/** What a person calls a record: its name in the chosen language, else its identifier. */
export function recordName(record: Pick<RecordView, 'id' | 'body'>, lang: 'ko' | 'en'): string {
  const { name, productNameCompany, line } = (record.body ?? {}) as Named;
  if (typeof name === 'object' && name !== null) return name[lang] || record.id;
  return name || productNameCompany || line || record.id;
}
