import { useWords } from '../../language.tsx';
import { fileAddress } from '../../parts/file-line.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { navigate } from '../../router.ts';
import { FileTable } from '../files/table.tsx';
import { Upload } from '../files/upload.tsx';
import { OfferTabs } from './tabs.tsx';

/** Our own files: what offers can be made of. */
export function FilesPage() {
  const t = useWords().files;
  const say = useNotice();
  return (
    <Page title={t.own} purpose={t.ownPurpose}>
      <OfferTabs on="files" />
      <Upload
        onStored={(file) => {
          say({ text: t.uploaded(file.name) });
          navigate(fileAddress(file));
        }}
      />
      <FileTable received={false} />
    </Page>
  );
}
