import { useRead, useWords } from '../../language.tsx';
import { useAct, useLive } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { useNotice } from '../../parts/notice.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { navigate } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { pagePath } from '../passports/page-path.ts';
import { PassportTable } from '../passports/table.tsx';

/** The passports of one product, and the step that makes one. */
export function PassportTab({ item }: { item: string }) {
  const words = useWords();
  const read = useRead();
  const { me, client } = useMe();
  const say = useNotice();
  const t = words.products.passport;
  const passports = useLive('passports', ['record'], async (signal) => (await client.call('passports', { signal })).passports);
  const make = useAct(async () => {
    const made = await client.call('createPassport', { body: { item } });
    say({ text: `${words.rooms.passports}: ${read(made.name)}` });
    navigate(pagePath(made, me.id));
  });
  const action = (
    <Button weight="main" onPress={make.run} isDisabled={make.busy}>
      {t.make}
    </Button>
  );
  return (
    <Section title={words.products.tabs.passport} purpose={t.purpose} action={action}>
      <Trouble error={make.error} />
      {make.busy && <Progress what={t.making} />}
      <Load live={passports}>
        {(data) => {
          const own = data.filter((p) => p.item === item);
          return own.length === 0 ? <Empty text={t.empty} /> : <PassportTable passports={own} />;
        }}
      </Load>
    </Section>
  );
}
