import { useLanguage } from '../language.tsx';
import { Button } from '../parts/button.tsx';

export function LanguageSwitch() {
  const { lang, words, setLang } = useLanguage();
  return (
    <Button weight="quiet" onPress={() => setLang(lang === 'ko' ? 'en' : 'ko')}>
      <span lang={lang === 'ko' ? 'en' : 'ko'}>{words.language.switchTo}</span>
    </Button>
  );
}
