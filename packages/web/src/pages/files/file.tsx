import type { StoredFile } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { bytes, grouped } from '../../format.ts';
import { useWords } from '../../language.tsx';
import { useAct, useLive } from '../../live.ts';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Go } from '../../parts/button.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { Crumb } from '../../parts/crumb.tsx';
import { Load } from '../../parts/load.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { Terms } from '../../parts/terms.tsx';
import { Time } from '../../parts/time.tsx';
import { navigate, to } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { AgreementLink, useAgreements } from '../exchanges/agreement.tsx';
import { contentAddress } from './content.ts';
import { FilePreview } from './preview.tsx';

/** One file: what it is, from whom and under which agreement, and a look inside. */
export function FilePage({ sha256, room }: { sha256: string; room: 'offers' | 'exchanges' }) {
  const words = useWords();
  const t = words.files;
  const { me, client } = useMe();
  const file = useLive(`file ${sha256}`, [], (signal) => client.call('file', { params: { sha256 }, signal }));
  const up = room === 'offers' ? { href: '/offers/files', name: t.own } : { href: '/exchanges/received', name: t.received };
  return (
    <Page
      title={file.data?.name ?? words.offers.kinds.file}
      purpose={file.data && (file.data.receivedFrom ? t.under(file.data.receivedFrom.name) : t.ours)}
      above={<Crumb href={up.href}>{up.name}</Crumb>}
      action={
        file.data && (
          <a className="button main" href={contentAddress(me.id, sha256)} download={file.data.name}>
            {t.download}
          </a>
        )
      }
    >
      <Load live={file}>{(data) => <Body file={data} up={up.href} />}</Load>
    </Page>
  );
}

function Body({ file, up }: { file: StoredFile; up: string }) {
  const words = useWords();
  const t = words.files;
  return (
    <div className="stack wide">
      <div className="card stack">
        <dl className="facts">
          <dt>{t.type}</dt>
          <dd>{file.mediaType}</dd>
          <dt>{t.size}</dt>
          <dd>
            <data className="figure" value={file.size} title={`${grouped(file.size)} B`}>
              {bytes(file.size)}
            </data>
          </dd>
          <dt>{t.sha}</dt>
          <dd>
            <Copyable text={file.sha256} />
          </dd>
          <dt>{t.stored}</dt>
          <dd>
            <Time at={file.storedAt} seconds />
          </dd>
          {file.receivedFrom && (
            <>
              <dt>{t.from}</dt>
              <dd>
                <Link href={to('partners', file.receivedFrom.did)}>{file.receivedFrom.name}</Link>
              </dd>
            </>
          )}
          {file.agreement && (
            <>
              <dt>{t.agreement}</dt>
              <dd>
                <AgreementLink id={file.agreement} />
              </dd>
            </>
          )}
        </dl>
        <div className="row no-print">
          {file.transfer && <Go href={to('exchanges', file.transfer)}>{t.seeTransfer}</Go>}
          {!file.receivedFrom && <Go href={`/offers/new?file=${file.sha256}`}>{t.offer}</Go>}
          <Remove file={file} up={up} />
        </div>
      </div>
      {file.agreement && <TermsOf agreement={file.agreement} />}
      <Section title={t.preview}>
        <FilePreview file={file} />
      </Section>
    </div>
  );
}

function TermsOf({ agreement }: { agreement: string }) {
  const words = useWords();
  const found = useAgreements().data?.find((a) => a.id === agreement);
  if (!found) return null;
  return (
    <Section title={words.exchanges.termsOf}>
      <Terms policy={found.policy} />
    </Section>
  );
}

/** Bytes that are gone cannot be brought back: it asks once. */
function Remove({ file, up }: { file: StoredFile; up: string }) {
  const t = useWords().files;
  const { client } = useMe();
  const say = useNotice();
  const remove = useAct(async () => {
    await client.call('removeFile', { params: { sha256: file.sha256 } });
    say({ text: t.removed(file.name) });
    navigate(up);
  });
  return <AskOnce word={t.remove} sentence={t.removeAsk(file.name)} yes={t.removeYes} act={remove} />;
}
