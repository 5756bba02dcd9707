import type { PassportValue, PassportView } from '@madang/core/api/views.ts';
import { SECTION_LABEL } from '@madang/core/passport/dictionary.ts';
import type { Text } from '@madang/core/text.ts';
import { useLanguage, useRead } from '../../language.tsx';
import { Button } from '../../parts/button.tsx';
import { KindMark } from '../../parts/kinds.tsx';
import { Qr } from '../../parts/qr.tsx';
import { ValueText } from '../../parts/value-text.tsx';
import { PassportFootprint } from './footprint.tsx';
import './passports.css';

const SECTIONS: Readonly<Record<string, Text>> = SECTION_LABEL;

/** First what a person with a phone wants to know, then every attribute by section, the missing ones too. */
export function PassportBody({ passport }: { passport: PassportView }) {
  const read = useRead();
  const { words } = useLanguage();
  const t = words.passports;
  const sections = [...new Set(passport.values.map((v) => v.section))];
  return (
    <div className="passport">
      <aside className="passport-side">
        <Qr text={passport.url} label={t.qr} />
        <p className="small quiet">{t.qrHelp}</p>
        <p className="row no-print">
          <a href={passport.json}>{t.json}</a>
          <Button weight="quiet" onPress={() => print()}>
            {t.print}
          </Button>
        </p>
      </aside>
      <div className="stack wide">
        {passport.footprint && <PassportFootprint footprint={passport.footprint} />}
        {sections.map((section) => (
          <section key={section} className="card">
            <h2>{SECTIONS[section] ? read(SECTIONS[section]) : section}</h2>
            <dl className="attributes">
              {passport.values
                .filter((v) => v.section === section)
                .map((v) => (
                  <Attribute key={v.key} value={v} />
                ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  );
}

function Attribute({ value: v }: { value: PassportValue }) {
  const { lang, words } = useLanguage();
  const t = words.passports;
  const label = v.label[lang];
  return (
    <div>
      <dt title={v.law ? `${t.law}: ${v.law}` : undefined}>{label.charAt(0).toUpperCase() + label.slice(1)}</dt>
      <dd>
        {v.state === 'given' && <ValueText value={v.value} unit={v.unit} />}
        {v.state === 'missing' && <KindMark kind="missing" word={t.missing} />}
        {v.state === 'not_yet_required' && <span className="quiet">{t.notYet}</span>}
      </dd>
    </div>
  );
}
