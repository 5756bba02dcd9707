import type { StoredFile } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { bytes } from '../format.ts';
import { useWords } from '../language.tsx';
import { to } from '../router.ts';

/** A file in one line; its page is one press away. */
export function FileLine({ file }: { file: StoredFile }) {
  const t = useWords().files;
  return (
    <p className="row">
      <Link href={fileAddress(file)}>{file.name}</Link>
      <span className="quiet small">
        {file.mediaType} · <span className="figure">{bytes(file.size)}</span>
      </span>
      {file.receivedFrom && <span className="quiet small">{t.under(file.receivedFrom.name)}</span>}
    </p>
  );
}

/** What was received is looked at among the exchanges, what is ours among the offers. */
export const fileAddress = (file: Pick<StoredFile, 'sha256' | 'receivedFrom'>): string =>
  file.receivedFrom ? to('exchanges', 'received', file.sha256) : to('offers', 'files', file.sha256);
