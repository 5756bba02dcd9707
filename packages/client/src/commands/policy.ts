import type { TryView } from '@madang/core/api/views.ts';
import { type Action, act } from '../cli/actions.ts';
import { CHOICES, hasChoices, policiesOf } from '../cli/choices.ts';
import type { Command, Context, Outcome } from '../cli/context.ts';
import { allPages } from '../cli/pages.ts';
import { didOf } from '../cli/partner.ts';
import { refusal } from '../cli/reasons.ts';
import { UsageError } from '../cli/usage.ts';

const tryOut: Action = async (context, words) => {
  const { given } = context;
  const [offer, extra] = words;
  if (extra !== undefined) throw new UsageError({ ko: `남는 말이 있습니다: ${extra}`, en: `One word too many: ${extra}` });
  const client = context.client();
  const word = given.text('partner');
  const [partner, purpose, at] = [word && (await didOf(client, word)), given.text('for'), given.text('at')];
  const asking = { ...(partner && { partner }), ...(purpose && { purpose }), ...(at && { at }) };
  if (offer && hasChoices(context)) {
    throw new UsageError({
      ko: '제공 조건의 id나 --to 같은 조건 가운데 하나만 쓰세요.',
      en: 'Give either the id of an offer or conditions such as --to.',
    });
  }
  if (!offer && !hasChoices(context)) return all(context, asking);
  const policy = offer ? { offer } : await policiesOf(context);
  const { results } = await client.call('tryPolicy', { body: { ...policy, ...asking } });
  const allowed = results.every((r) => r.visible && r.agreed);
  return {
    value: { results },
    lines: results.flatMap((r) => lines(r, context)),
    exit: results.length === 0 ? 'none' : allowed ? 'ok' : 'refused',
  };
};

/** Every offer of ours that is open, one after the other. */
async function all(context: Context, asking: { partner?: string; purpose?: string; at?: string }): Promise<Outcome> {
  const client = context.client();
  const known = await allPages((after) => client.call('offers', { query: { limit: 500, ...(after && { after }) } }));
  const open = known.filter((o) => o.withdrawnAt === null);
  const offers: { offer: string; title: string; results: readonly TryView[] }[] = [];
  for (const { id, title } of open)
    offers.push({ offer: id, title, ...(await client.call('tryPolicy', { body: { offer: id, ...asking } })) });
  if (offers.length > 0)
    return {
      value: { offers },
      lines: offers.flatMap(({ offer, title, results }) => [`${title} (${offer})`, ...results.flatMap((r) => lines(r, context)), '']),
    };
  const none = {
    ko: '제공 조건이 없습니다. madang offer create로 만드세요.',
    en: 'There are no offers. Make one with madang offer create.',
  };
  return { value: { offers }, lines: [context.t(none)], exit: 'none' };
}

function lines({ partner, visible, agreed, reasons }: TryView, { t }: Context): string[] {
  const verdict = !visible
    ? { ko: '볼 수 없음', en: 'cannot see it' }
    : agreed
      ? { ko: '보고 계약할 수 있음', en: 'sees it and would be agreed' }
      : { ko: '볼 수 있으나 계약되지 않음', en: 'sees it but would not be agreed' };
  const why = refusal(reasons, { ko: '보고 계약하기', en: 'to see it and agree' }, partner, t);
  return [`  ${visible && agreed ? '✔' : '✖'} ${partner.name}: ${t(verdict)}`, ...why.map((line) => line && `      ${line}`)];
}

export const policy: Command = {
  summary: { ko: '누가 볼 수 있고 왜 안 되는지 미리 시험합니다', en: 'Try who could see something, and why not' },
  usage: [
    'policy try [--partner <partner>] [--for <purpose>] [--at <time>]',
    'policy try <offer> [--partner <partner>] [--for <purpose>] [--at <time>]',
    'policy try --to <partner> [--members] [--purpose <purpose>] [--until <day>] [--partner <partner>] …',
  ],
  example: 'policy try urn:uuid:… --partner nurideul --as bareum',
  options: {
    partner: {
      type: 'string',
      value: '<partner>',
      text: { ko: '이 파트너가 요청할 때 (없으면 주소록 전체)', en: 'this partner asks (without it everyone in the address book)' },
    },
    for: { type: 'string', value: '<purpose>', text: { ko: '이 목적으로 요청할 때', en: 'asks for this purpose' } },
    at: {
      type: 'string',
      value: '<time>',
      text: { ko: '이 시각에 요청할 때, 예: 2027-01-01T00:00:00Z', en: 'asks at this time, such as 2027-01-01T00:00:00Z' },
    },
    ...CHOICES,
  },
  run: async (context) => act(context, { try: tryOut }),
};
