import type { PartnerView } from '@madang/core/api/views.ts';
import { PURPOSES } from '@madang/core/policy/purposes.ts';
import { useLanguage } from '../../language.tsx';
import { Blank } from './blank.tsx';
import { AnswerChoice, PurposeChoice, WhenChoice, WhomChoice } from './choices.tsx';
import { type Draft, isOfRecords, saysWhom } from './draft.ts';
import { FieldsBlank } from './fields-blank.tsx';
import type { Held } from './held.ts';
import { phrases } from './phrases.ts';
import { WhatChoice } from './what-choice.tsx';

interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  partners: readonly PartnerView[];
  held: Held;
}

/** The offer as one sentence with blanks. */
export function Sentence({ draft, onChange, partners, held }: Props) {
  const { lang, words } = useLanguage();
  const t = words.offers;
  const say = phrases(draft, words, lang, partners, PURPOSES, held.named);
  const what = (
    <Blank label={t.what} text={say.what} state={draft.ids.length > 0 ? 'filled' : 'needed'}>
      <WhatChoice draft={draft} onChange={onChange} held={held} />
    </Blank>
  );
  const fields = isOfRecords(draft.kind) && <FieldsBlank draft={draft} onChange={onChange} records={held.records} text={say.fields} />;
  const whom = (
    <Blank label={t.whom} text={say.whom} state={saysWhom(draft) ? 'filled' : 'needed'}>
      <WhomChoice draft={draft} onChange={onChange} partners={partners} />
    </Blank>
  );
  const purpose = (
    <Blank label={t.tryFor} text={say.purpose} state={draft.purposes.length > 0 ? 'filled' : 'open'}>
      <PurposeChoice draft={draft} onChange={onChange} />
    </Blank>
  );
  const when = (
    <Blank label={t.until} text={say.when} state={draft.until || draft.from ? 'filled' : 'open'}>
      <WhenChoice onChange={onChange} />
    </Blank>
  );
  const answer = (
    <Blank label={t.answer} text={say.answer} state="filled">
      <AnswerChoice draft={draft} onChange={onChange} />
    </Blank>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame around a sentence and cannot flow as one
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
