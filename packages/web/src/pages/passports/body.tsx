import type { PassportValue, PassportView } from '@madang/core/api/views.ts';
import { SECTION_LABEL } from '@madang/core/passport/dictionary.ts';
import type { Text } from '@madang/core/text.ts';
import { useLanguage, useRead, useWords } from '../../language.tsx';
import { Button } from '../../parts/button.tsx';
import { Fold } from '../../parts/fold.tsx';
import { inWords } from '../../parts/in-words.ts';
import { KindMark } from '../../parts/kinds.tsx';
import { Qr } from '../../parts/qr.tsx';
import { ValueText } from '../../parts/value-text.tsx';
import { PassportFootprint } from './footprint.tsx';
import { byTold } from './order.ts';
import './passports.css';

const SECTIONS: Readonly<Record<string, Text>> = SECTION_LABEL;

const CARBON = 'carbon';
/** Stands large above the rest of its section. */
const HEADLINE = 'carbonFootprint';

/** First what a person with a phone wants to know, then every attribute by section, the missing ones too. */
export function PassportBody({ passport }: { passport: PassportView }) {
  const read = useRead();
  const { words } = useLanguage();
  const t = words.passports;
  const nameOf = (section: string) => (SECTIONS[section] ? read(SECTIONS[section]) : section);
  const shownAbove = passport.footprint ? CARBON : null;
  const carbon = passport.values.filter((v) => v.section === CARBON);
  const [told = [], untold = []] = byTold(passport.values.filter((v) => v.section !== shownAbove));
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
        {passport.footprint && (
          <PassportFootprint footprint={passport.footprint}>
            <Attributes values={carbon.filter((v) => v.key !== HEADLINE)} />
          </PassportFootprint>
        )}
        {told.map(([section, values]) => (
          <section key={section} className="card">
            <h2>{nameOf(section)}</h2>
            <Attributes values={values} />
          </section>
        ))}
        {untold.length > 0 && (
          <section className="card">
            <h2>{t.untold}</h2>
            {untold.map(([section, values]) => (
              <div key={section} className="untold">
                <h3>{nameOf(section)}</h3>
                <Attributes values={values} />
              </div>
            ))}
          </section>
        )}
      </div>
    </div>
  );
}

/** What is given is listed; what is missing, and what the law does not ask for yet, is counted and folded away. */
function Attributes({ values }: { values: readonly PassportValue[] }) {
  const t = useWords().passports;
  const { given = [], missing = [], not_yet_required: later = [] } = Object.groupBy(values, (v) => v.state);
  const list = (some: readonly PassportValue[]) => (
    <dl className="attributes">
      {some.map((v) => (
        <Attribute key={v.key} value={v} />
      ))}
    </dl>
  );
  return (
    <>
      {given.length > 0 && list(given)}
      {missing.length > 0 && <Fold title={t.missingCount(missing.length)}>{list(missing)}</Fold>}
      {later.length > 0 && <Fold title={t.notYetCount(later.length)}>{list(later)}</Fold>}
    </>
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
        {v.state === 'given' && <ValueText value={inWords(v.key, v.value)} unit={v.unit} />}
        {v.state === 'missing' && <KindMark kind="missing" word={t.missing} />}
        {v.state === 'not_yet_required' && <span className="quiet">{t.notYet}</span>}
      </dd>
    </div>
  );
}
