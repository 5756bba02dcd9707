import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Option } from './pick.tsx';
import './field.css';

interface Props {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (id: string) => void;
}

/** One of two to five that are all worth seeing. */
export function Segmented({ label, options, value, onChange }: Props) {
  return (
    <ToggleButtonGroup
      className="segmented"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const [first] = keys;
        if (first !== undefined) onChange(String(first));
      }}
    >
      {options.map((o) => (
        <ToggleButton key={o.id} id={o.id} className="part">
          {o.name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
