import { DropZone, FileTrigger } from 'react-aria-components';
import { Button } from './button.tsx';
import './file-drop.css';

interface Props {
  label: string;
  action: string;
  /** Endings that are offered for choosing; any when left out. */
  types?: readonly string[];
  weight?: 'main' | 'plain';
  isDisabled?: boolean;
  onFile: (file: File) => void;
}

/** A place to drop a file, and a button that chooses one. */
export function FileDrop({ label, action, types, weight = 'main', isDisabled = false, onFile }: Props) {
  return (
    <DropZone
      className="drop"
      aria-label={label}
      isDisabled={isDisabled}
      onDrop={async ({ items }) => {
        const [first] = items.filter((i) => i.kind === 'file');
        if (first) onFile(await first.getFile());
      }}
    >
      <p>{label}</p>
      <FileTrigger
        {...(types && { acceptedFileTypes: types })}
        onSelect={(files) => {
          const file = files?.[0];
          if (file) onFile(file);
        }}
      >
        <Button weight={weight} isDisabled={isDisabled}>
          {action}
        </Button>
      </FileTrigger>
    </DropZone>
  );
}
