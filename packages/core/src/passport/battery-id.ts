import { MadangError } from '../error.ts';
import { gtin14, gtinIsRight } from '../gtin.ts';

/**
 * GS1 Digital Link of one battery: `<base>/01/<GTIN-14>/21/<serial>`, of its model without a serial. `base` is an https origin, with a
 * path if needed. Serials of up to 20 printable ASCII characters are percent-encoded. Error `item_invalid` for a GTIN with a wrong check digit.
 */
export function batteryUri(base: string, gtin: string, serial?: string): string {
  if (!gtinIsRight(gtin)) {
    const expected = { ko: '마지막 검증 숫자가 맞는 GTIN', en: 'a GTIN whose last (check) digit is right' };
    throw new MadangError('item_invalid', { values: { count: 1 }, data: [{ path: '/gtin', found: gtin, expected }] });
  }
  const model = `${base.replace(/\/+$/, '')}/01/${gtin14(gtin)}`;
  return serial === undefined ? model : `${model}/21/${encodeURIComponent(serial)}`;
}
