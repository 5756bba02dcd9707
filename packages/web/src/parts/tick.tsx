import { Checkbox } from 'react-aria-components';
import './field.css';

interface Props {
  isSelected: boolean;
  onChange: (on: boolean) => void;
  children: string;
}

/** Yes or no to one sentence. */
export function Tick({ isSelected, onChange, children }: Props) {
  return (
    <Checkbox className="choice" isSelected={isSelected} onChange={onChange}>
      <span className="tick">
        <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
          <path d="m3.5 8.5 3 3 6-7" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      </span>
      <span>{children}</span>
    </Checkbox>
  );
}
