import type { OfferView, View } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { FileLine } from '../../parts/file-line.tsx';
import { Load } from '../../parts/load.tsx';
import { Section } from '../../parts/section.tsx';
import { viewWord } from '../../parts/words.ts';
import { useMe } from '../../session.tsx';
import { FilePreview } from '../files/preview.tsx';
import { useServices } from './held.ts';
import { Preview } from './preview.tsx';

/** What an offer shows, in a line. */
export function What({ view }: { view: View }) {
  const words = useWords();
  const t = words.offers;
  if (view.kind === 'file') return viewWord(words, view);
  if (view.kind === 'service')
    return (
      <>
        {viewWord(words, view)} · <code>{view.id}</code>
      </>
    );
  return `${viewWord(words, view)} · ${view.fields === 'whole' ? t.fieldsWhole : t.fieldsChosen(view.fields.length)}`;
}

/** Exactly what the other side will get. */
export function Shown({ offer }: { offer: OfferView }) {
  const t = useWords().offers;
  const { view } = offer;
  return (
    <Section
      title={t.preview}
      {...(view.kind === 'file' && { purpose: t.previewFile })}
      {...(view.kind === 'service' && { purpose: t.previewService })}
    >
      {view.kind === 'file' ? (
        <ShownFile sha256={view.sha256} />
      ) : view.kind === 'service' ? (
        <ShownService id={view.id} />
      ) : (
        <ShownRecords offer={offer.id} />
      )}
    </Section>
  );
}

function ShownRecords({ offer }: { offer: string }) {
  const t = useWords().offers;
  const { client } = useMe();
  const preview = useLive(`preview ${offer}`, ['record', 'offer'], (signal) =>
    client.call('previewOffer', { params: { id: offer }, signal }),
  );
  return (
    <Load live={preview} what={t.previewLoading}>
      {(data) => <Preview value={data} />}
    </Load>
  );
}

function ShownFile({ sha256 }: { sha256: string }) {
  const { client } = useMe();
  const file = useLive(`file ${sha256}`, [], (signal) => client.call('file', { params: { sha256 }, signal }));
  return (
    <Load live={file}>
      {(data) => (
        <>
          <FileLine file={data} />
          <FilePreview file={data} />
        </>
      )}
    </Load>
  );
}

function ShownService({ id }: { id: string }) {
  const words = useWords();
  const services = useServices();
  return (
    <Load live={services}>
      {(data) => {
        const service = data.find((s) => s.id === id);
        return service ? (
          <ul className="stack tight">
            {service.paths.map((path) => (
              <li key={path}>
                <code>
                  {service.methods.join(', ')} {path}
                </code>
              </li>
            ))}
          </ul>
        ) : (
          <p>
            {words.offers.noServices} <Link href="/offers/services">{words.offers.toServices}</Link>
          </p>
        );
      }}
    </Load>
  );
}
