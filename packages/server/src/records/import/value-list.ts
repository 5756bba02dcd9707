import { DECLARED_UNITS, findUnit, isDeclaredUnit, symbolOf, type Unit } from '@madang/core/units.ts';
import type { Choice } from './column.ts';
import { good, halfWidth, type Value, wrong } from './value.ts';

/** Lower case without spaces and the marks that people put between words. */
export const loose = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_·・./\-*]/g, '');

export const choiceNames = ({ value, ko, en }: Choice): string[] => [...new Set([ko, en, value])];

export function readChoice(raw: string, choices: readonly Choice[]): Value {
  const wanted = loose(raw);
  const found = choices.find((choice) => [...choiceNames(choice), ...(choice.aliases ?? [])].some((name) => loose(name) === wanted));
  if (found) return good(found.value);
  const expected = { ko: choices.map((c) => c.ko).join(', '), en: choices.map((c) => c.en).join(', ') };
  return wrong(
    { ko: '쓸 수 없는 값입니다.', en: 'It is not one of the permitted values.' },
    { ko: `다음 가운데 하나: ${expected.ko}`, en: `One of: ${expected.en}` },
  );
}

/** Units that a bill of materials may use beside the declared ones; shown, not enforced: `findUnit` knows more. */
const COMMON_UNITS: readonly Unit[] = ['ton', 'gram', 'megawatt hour', 'gigajoule'];

export const unitSymbols = (declared: boolean): string => [...DECLARED_UNITS, ...(declared ? [] : COMMON_UNITS)].map(symbolOf).join(', ');

export function readUnit(raw: string, declared: boolean): Value {
  const unit = findUnit(halfWidth(raw)) ?? findUnit(raw);
  if (unit !== undefined && (!declared || isDeclaredUnit(unit))) return good(unit);
  const symbols = unitSymbols(declared);
  const expected = { ko: `다음 가운데 하나: ${symbols}`, en: `One of: ${symbols}` };
  if (unit === undefined) return wrong({ ko: '모르는 단위입니다.', en: 'The unit is not known.' }, expected);
  return wrong(
    {
      ko: '선언 단위로 쓸 수 없는 단위입니다. 값도 새 단위에 맞게 고치세요.',
      en: 'A product cannot be declared in this unit. Change the figures to the new unit too.',
    },
    expected,
  );
}

let countries: Map<string, string> | undefined;

/** Names of the countries in Korean and English, from the platform's own list. */
function countryNames(): Map<string, string> {
  const names = new Map([
    ['한국', 'KR'],
    ['남한', 'KR'],
    ['korea', 'KR'],
    ['republicofkorea', 'KR'],
    ['usa', 'US'],
    ['uk', 'GB'],
  ]);
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const languages = ['ko', 'en'].map((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }));
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    for (const language of languages) {
      const name = language.of(code);
      if (name === undefined || ['EU', 'EZ', 'UN', 'ZZ', 'QO', 'XA', 'XB'].includes(code)) continue;
      names.set(code.toLowerCase(), code);
      if (!names.has(loose(name))) names.set(loose(name), code);
    }
  }
  return names;
}

/** A country as its code of two letters (ISO 3166-1), from the code or the name. */
export function readCountry(raw: string): Value {
  countries ??= countryNames();
  const code = countries.get(loose(raw));
  return code
    ? good(code)
    : wrong(
        { ko: '모르는 나라입니다.', en: 'The country is not known.' },
        { ko: 'KR처럼 두 글자 국가 코드 또는 나라 이름', en: 'A country code of two letters such as KR, or its name' },
      );
}

const DID = /^did:web:[A-Za-z0-9.%:_-]+$/;

export function readPartner(raw: string, resolve: (text: string) => string | null): Value {
  const name = raw.normalize('NFC').trim();
  if (DID.test(name)) return good(name);
  const did = resolve(name);
  if (did !== null) return good(did);
  return wrong(
    { ko: '등록된 파트너가 아닙니다.', en: 'There is no such partner.' },
    {
      ko: '파트너로 먼저 등록하거나, 파트너의 회사 이름, partner:짧은이름, did:web:… 가운데 하나를 쓰세요.',
      en: 'Add the partner first, or write its company name, partner:<short name>, or did:web:….',
    },
  );
}
