import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Option } from './pick.tsx';
import './field.css';

interface Props {
  label: string;
  options: readonly Option[];
  value: readonly string[];
  onChange: (ids: readonly string[]) => void;
}

/** Any number of a list, with ticks. */
export function PickMany({ label, options, value, onChange }: Props) {
  return (
    <ListBox
      className="list"
      aria-label={label}
      selectionMode="multiple"
      escapeKeyBehavior="none"
      items={options}
      selectedKeys={value}
      onSelectionChange={(keys) =>
        onChange(keys === 'all' ? options.map((o) => o.id) : options.filter((o) => keys.has(o.id)).map((o) => o.id))
      }
    >
      {(o) => (
        <ListBoxItem className="choice" id={o.id} textValue={o.name}>
          <span className="tick">
            <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
              <path d="m3.5 8.5 3 3 6-7" fill="none" stroke="currentColor" strokeWidth="2" />
            </svg>
          </span>
          <span>{o.name}</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}
