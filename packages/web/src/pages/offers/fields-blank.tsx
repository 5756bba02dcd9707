import type { RecordView } from '@madang/core/api/views.ts';
import { FOOTPRINT_TOTALS } from '@madang/core/footprint/totals.ts';
import { useWords } from '../../language.tsx';
import { PickMany } from '../../parts/pick-many.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Blank } from './blank.tsx';
import type { Draft } from './draft.ts';
import { pathsOf } from './fields.ts';

interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  records: readonly RecordView[] | undefined;
  text: string;
}

/** How much of the records is shown: all of it, a footprint's totals, or ticked values. */
export function FieldsBlank({ draft, onChange, records, text }: Props) {
  const t = useWords().offers;
  const chosen = (records ?? []).filter((r) => draft.ids.includes(r.id));
  const paths = pathsOf(chosen.map((r) => r.body));
  const present = (list: readonly string[]) => (paths.length > 0 ? list.filter((p) => paths.includes(p)) : list);
  const options = [
    { id: 'whole', name: t.fieldsWhole },
    ...(draft.kind === 'footprint' ? [{ id: 'totals', name: t.fieldsTotals }] : []),
    { id: 'chosen', name: t.fieldsPick },
  ];
  const how = draft.fields === 'whole' ? 'whole' : draft.fields === FOOTPRINT_TOTALS ? 'totals' : 'chosen';
  const choose = (id: string) => {
    if (id === 'whole') onChange({ fields: 'whole' });
    else if (id === 'totals') onChange({ fields: FOOTPRINT_TOTALS });
    else onChange({ fields: present(draft.fields === 'whole' ? paths : draft.fields) });
  };
  return (
    <Blank label={t.fieldsLabel} text={text} state="filled">
      <Segmented label={t.fieldsLabel} options={options} value={how} onChange={choose} />
      {how === 'chosen' && draft.fields !== 'whole' && (
        <PickMany
          label={t.fieldsPick}
          options={paths.map((id) => ({ id, name: id }))}
          value={draft.fields}
          onChange={(fields) => onChange({ fields })}
        />
      )}
      <p className="quiet small">{t.fieldsHelp}</p>
    </Blank>
  );
}
