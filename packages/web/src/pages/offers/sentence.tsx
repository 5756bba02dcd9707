import type { PartnerView, RecordView } from '@madang/core/api/views.ts';
import { PURPOSES } from '@madang/core/policy/purposes.ts';
import { useLanguage } from '../../language.tsx';
import { Blank } from './blank.tsx';
import type { Draft } from './draft.ts';
import { FieldsBlank } from './fields-blank.tsx';
import { AnswerChoice, PurposeChoice, WhatChoice, WhenChoice, WhomChoice } from './choices.tsx';
import { phrases } from './phrases.ts';

interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  partners: readonly PartnerView[];
  records: readonly RecordView[] | undefined;
}

/** The offer as one sentence with blanks. */
export function Sentence({ draft, onChange, partners, records }: Props) {
  const { lang, words } = useLanguage();
  const t = words.offers;
  const say = phrases(draft, words, lang, partners, PURPOSES);
  const what = (
    <Blank label={t.what} text={say.what} filled={draft.ids.length > 0}>
      <WhatChoice draft={draft} onChange={onChange} records={records} />
    </Blank>
  );
  const fields = <FieldsBlank draft={draft} onChange={onChange} records={records} text={say.fields} />;
  const whom = (
    <Blank label={t.whom} text={say.whom} filled={draft.whom !== null}>
      <WhomChoice draft={draft} onChange={onChange} partners={partners} />
    </Blank>
  );
  const purpose = (
    <Blank label={t.tryFor} text={say.purpose} filled={draft.purposes.length > 0}>
      <PurposeChoice draft={draft} onChange={onChange} />
    </Blank>
  );
  const when = (
    <Blank label={t.until} text={say.when} filled={draft.until !== null || draft.from !== null}>
      <WhenChoice onChange={onChange} />
    </Blank>
  );
  const answer = (
    <Blank label={t.answer} text={say.answer} filled>
      <AnswerChoice draft={draft} onChange={onChange} />
    </Blank>
  );
  return (
    <div className="sentence" role="group" aria-label={t.sentence}>
      {lang === 'ko' ? (
        <p>
          {what} {fields} {whom}, {purpose}, {when} {t.shows} {t.answerLead} {answer}
        </p>
      ) : (
        <p>
          {t.shows} {what} {fields}, {whom}, {purpose}, {when}. {t.answerLead} {answer}
        </p>
      )}
    </div>
  );
}
