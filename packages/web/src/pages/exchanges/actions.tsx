import type { ExchangeAction, ExchangeDetail } from '@madang/core/api/views.ts';
import { useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';

/** What this side can do now. Ending cannot be undone, so it asks for the reason that the other side is told. */
export function Actions({ exchange, onDone }: { exchange: ExchangeDetail; onDone: () => void }) {
  const words = useWords();
  const t = words.exchanges;
  const { client } = useMe();
  const [ending, setEnding] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(async (action: ExchangeAction) => {
    const why = action === 'terminate' && reason.trim() ? { reason: reason.trim() } : {};
    await client.call('act', { params: { id: exchange.id }, body: { action, ...why } });
    setEnding(false);
    onDone();
  });
  if (exchange.actions.length === 0) return null;
  const onward = exchange.actions.filter((a) => a !== 'terminate');
  const canEnd = exchange.actions.includes('terminate');
  return (
    <div className="stack no-print">
      <Trouble error={act.error} />
      {act.busy && <Progress what={t.acting} />}
      {ending ? (
        <form
          className="stack"
          onSubmit={(e) => {
            e.preventDefault();
            void act.run('terminate');
          }}
        >
          <Field label={t.reason} help={t.reasonAsk} value={reason} onChange={setReason} maxLength={500} autoFocus />
          <div className="row">
            <Button weight="grave" type="submit" isDisabled={act.busy}>
              {t.confirmStop}
            </Button>
            <Button onPress={() => setEnding(false)}>{words.common.cancel}</Button>
          </div>
        </form>
      ) : (
        <div className="row">
          {onward.map((action, i) => (
            <Button
              key={action}
              weight={i === 0 && exchange.waitingFor === 'me' ? 'main' : 'plain'}
              isDisabled={act.busy}
              onPress={() => act.run(action)}
            >
              {t.actions[action]}
            </Button>
          ))}
          {canEnd && (
            <Button weight="grave" isDisabled={act.busy} onPress={() => setEnding(true)}>
              {exchange.waitingFor === 'me' && exchange.protocol === 'negotiation' ? t.actions.terminate : t.stop}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
