import { useWords } from '../../language.tsx';
import { Crumb } from '../../parts/crumb.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { navigate, to } from '../../router.ts';
import { PartnerForm } from './partner-form.tsx';

export function NewPartnerPage() {
  const words = useWords();
  const say = useNotice();
  return (
    <Page
      title={words.partners.add}
      purpose={words.partners.empty.split('. ').at(-1)}
      above={<Crumb href="/partners">{words.rooms.partners}</Crumb>}
    >
      <div className="card">
        <PartnerForm
          onDone={(saved) => {
            say({ text: words.partners.saved });
            navigate(to('partners', saved.did));
          }}
        />
      </div>
    </Page>
  );
}
