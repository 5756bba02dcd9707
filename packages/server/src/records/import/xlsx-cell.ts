import { type CellObject, SSF } from '@e965/xlsx';
import type { Text } from '@madang/core/text.ts';
import { ofSheetNumber, timesHundred } from './exact.ts';
import type { Cell } from './grid.ts';
import { UNCALCULATED } from './xlsx-parts.ts';

const bad = (text: string, problem: Text, expected: Text): Cell => ({ kind: 'bad', text, problem, expected });

/** The cell that holds the value of a merged range below the headings. */
export const merged = (range: string): Cell =>
  bad(
    range,
    { ko: '병합된 셀입니다.', en: 'The cells are merged.' },
    { ko: '병합을 풀고 행마다 값을 쓰세요.', en: 'Unmerge them and write the value in each row.' },
  );

/** A cell of the sheet. Numbers as the 15 digits that a spreadsheet keeps; dates by the number format, in the workbook's day count. */
export function cellOf(cell: CellObject, date1904: boolean): Cell | undefined {
  switch (cell.t) {
    case 'n':
      return numeric(cell.v as number, String(cell.z ?? 'General'), cell.w, date1904);
    case 's':
      return { kind: 'text', text: String(cell.v) };
    case 'b':
      return { kind: 'text', text: cell.v ? 'TRUE' : 'FALSE' };
    case 'e':
      return cell.w === UNCALCULATED ? uncalculated(cell.f ?? '') : sheetError(cell.w ?? '#ERROR');
    default:
      return undefined;
  }
}

function numeric(value: number, format: string, shown: string | undefined, date1904: boolean): Cell {
  if (SSF.is_date(format)) {
    const day = SSF.parse_date_code(value, { date1904 });
    if (value < 1 || !day) return { kind: 'text', text: shown ?? String(value) };
    const two = (n: number) => String(n).padStart(2, '0');
    return { kind: 'date', text: `${day.y}-${two(day.m)}-${two(day.d)}` };
  }
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return digitsLost(shown ?? String(value));
  if (format.replaceAll(/"[^"]*"|\\./g, '').includes('%')) return { kind: 'percent', text: `${timesHundred(value)}%` };
  return { kind: 'number', text: /^0+$/.test(format) && shown ? shown : ofSheetNumber(value) };
}

const uncalculated = (formula: string) =>
  bad(
    `=${formula}`,
    { ko: '수식의 계산 결과가 파일에 없습니다.', en: 'The file has a formula here without its result.' },
    {
      ko: '엑셀에서 열어 저장하거나, 수식 대신 값을 쓰세요.',
      en: 'Open and save the file in Excel, or write the value instead of the formula.',
    },
  );

const sheetError = (text: string) =>
  bad(
    text,
    { ko: '이 칸은 엑셀 오류 값입니다.', en: 'The cell holds an error of the spreadsheet.' },
    { ko: '수식을 고치거나 값을 쓰세요.', en: 'Correct the formula or write the value.' },
  );

const digitsLost = (text: string) =>
  bad(
    text,
    { ko: '엑셀이 15자리까지만 저장해 뒷자리가 사라졌습니다.', en: 'The spreadsheet keeps 15 digits only, so the last ones are lost.' },
    { ko: "셀 서식을 '텍스트'로 바꾸고 번호를 다시 쓰세요.", en: 'Format the cell as text and write the number again.' },
  );
