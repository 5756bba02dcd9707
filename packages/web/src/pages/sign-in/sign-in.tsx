import { type FormEvent, useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useSession } from '../../session.tsx';
import { Outside } from '../../shell/shell.tsx';
import './sign-in.css';

/** One field: the part of the key before the dot says who comes in. */
export function SignInPage({ problem }: { problem: unknown }) {
  const words = useWords();
  const { signIn } = useSession();
  const [key, setKey] = useState('');
  const { busy, error, run } = useAct(() => signIn(key.trim()));
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (key.trim() !== '') void run();
  };
  return (
    <Outside>
      <div className="gate">
        <Page title={words.signIn.title} purpose={words.signIn.purpose}>
          <form className="stack" onSubmit={submit}>
            <Field
              label={words.signIn.key}
              help={words.signIn.keyHelp}
              type="password"
              autoComplete="current-password"
              value={key}
              onChange={setKey}
              isRequired
            />
            <Trouble error={error ?? problem} />
            <div className="row">
              <Button weight="main" type="submit" isDisabled={busy}>
                {words.signIn.action}
              </Button>
              {busy && <Progress what={words.signIn.waiting} />}
            </div>
          </form>
        </Page>
      </div>
    </Outside>
  );
}
