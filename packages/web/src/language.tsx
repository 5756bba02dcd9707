import type { Text } from '@madang/core/text.ts';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { en } from './text/en.ts';
import { ko, type Words } from './text/ko.ts';

export type Lang = 'ko' | 'en';

interface Language {
  readonly lang: Lang;
  readonly words: Words;
  readonly setLang: (lang: Lang) => void;
}

const STORED = 'madang.lang';
const Context = createContext<Language>({ lang: 'ko', words: ko, setLang: () => undefined });

/** Korean unless this browser chose English before. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(() => (localStorage.getItem(STORED) === 'en' ? 'en' : 'ko'));
  useEffect(() => {
    document.documentElement.lang = lang;
    localStorage.setItem(STORED, lang);
  }, [lang]);
  return (
    <Context value={{ lang, words: lang === 'ko' ? ko : en, setLang }}>
      <I18nProvider locale={lang === 'ko' ? 'ko-KR' : 'en-GB'}>{children}</I18nProvider>
    </Context>
  );
}

export const useLanguage = (): Language => use(Context);
export const useWords = (): Words => use(Context).words;

/** Reads the sentence of a `Text` in the chosen language. */
export function useRead(): (text: Text) => string {
  const { lang } = use(Context);
  return (text) => text[lang];
}
