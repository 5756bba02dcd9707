import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe, useSession } from '../../session.tsx';
import { Credentials } from './credentials.tsx';
import { Issue } from './issue.tsx';
import { Trust } from './trust.tsx';

export function SettingsPage() {
  const words = useWords();
  const t = words.settings;
  const { me } = useMe();
  const { signOut } = useSession();
  const out = useAct(signOut);
  return (
    <Page
      title={words.rooms.settings}
      purpose={t.purpose}
      action={
        <Button onPress={out.run} isDisabled={out.busy}>
          {words.signIn.out}
        </Button>
      }
    >
      <Trouble error={out.error} />
      <div className="stack wide">
        <Section title={t.who}>
          <dl className="facts card">
            <dt>{t.name}</dt>
            <dd>{me.name}</dd>
            <dt>{t.id}</dt>
            <dd>
              <code>{me.id}</code>
            </dd>
            <dt>{t.did}</dt>
            <dd>
              <Copyable text={me.did} />
            </dd>
            <dt>{t.dsp}</dt>
            <dd>
              <Copyable text={me.dsp} />
            </dd>
            <dt>{t.management}</dt>
            <dd>
              <Copyable text={me.management} />
            </dd>
          </dl>
        </Section>
        <Trust />
        <Credentials />
        <Issue />
      </div>
    </Page>
  );
}
