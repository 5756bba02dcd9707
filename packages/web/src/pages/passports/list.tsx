import { useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Go } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { Page } from '../../parts/page.tsx';
import { useMe } from '../../session.tsx';
import { PassportTable } from './table.tsx';

export function PassportList() {
  const words = useWords();
  const { client } = useMe();
  const t = words.passports;
  const passports = useLive('passports', ['record'], async (signal) => (await client.call('passports', { signal })).passports);
  return (
    <Page title={words.rooms.passports} purpose={t.purpose}>
      <Load live={passports}>
        {(data) =>
          data.length === 0 ? (
            <Empty text={t.empty}>
              <Go href="/products">{t.toProducts}</Go>
            </Empty>
          ) : (
            <PassportTable passports={data} tools />
          )
        }
      </Load>
    </Page>
  );
}
