import { Input, Label, Text, TextArea, TextField, type TextFieldProps } from 'react-aria-components';
import './field.css';

interface Props extends Omit<TextFieldProps, 'className' | 'children'> {
  label: string;
  help?: string;
  /** More than one line, written in machine letters. */
  long?: boolean;
  placeholder?: string;
}

/** One line to write, with its name above and what belongs there below. */
export function Field({ label, help, long = false, placeholder, ...rest }: Props) {
  return (
    <TextField {...rest} className="field">
      <Label>{label}</Label>
      {long ? <TextArea className="mono" rows={4} spellCheck={false} /> : <Input placeholder={placeholder} />}
      {help && (
        <Text slot="description" className="quiet small">
          {help}
        </Text>
      )}
    </TextField>
  );
}
