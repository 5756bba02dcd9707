import { Button, Label, ListBox, ListBoxItem, Select, SelectValue } from 'react-aria-components';
import { Float } from './float.tsx';
import './field.css';

export interface Option {
  readonly id: string;
  readonly name: string;
}

interface Props {
  label: string;
  options: readonly Option[];
  value: string | null;
  onChange: (id: string) => void;
  /** Name and button in one line. */
  bare?: boolean;
}

/** One of a few. */
export function Pick({ label, options, value, onChange, bare = false }: Props) {
  return (
    <Select className={bare ? 'pick bare' : 'pick'} selectedKey={value} onSelectionChange={(key) => key !== null && onChange(String(key))}>
      <Label className={bare ? 'quiet' : 'field-name'}>{label}</Label>
      <Button>
        <SelectValue />
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d="M2.5 4.5 6 8l3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </Button>
      <Float>
        <ListBox className="list" items={options}>
          {(o) => (
            <ListBoxItem className="choice" id={o.id} textValue={o.name}>
              {o.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Float>
    </Select>
  );
}
