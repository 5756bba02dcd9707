import { MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import { printer } from '../../../examples/battery/run/print.ts';
import { runBattery } from '../../../examples/battery/run/run.ts';
import type { Config } from './config/config.ts';
import type { Running } from './server.ts';

interface How {
  readonly json: boolean;
  readonly signal: AbortSignal;
}

/**
 * Runs the battery chain through the management interface of this very server, with a line per step, and ends with what to try.
 * Ends without a word when the signal aborts it.
 * @throws MadangError `example_stopped`
 */
export async function runExample({ url, context }: Running, config: Config, { json, signal }: How): Promise<void> {
  const print = printer(json ? process.stderr : process.stdout);
  const options = { url, hostKey: `host.${context.secrets.host}`, onStep: print, signal, dataFolder: config.dataFolder };
  const result = await runBattery(options).catch((error: unknown) => {
    if (!signal.aborted) throw failed(error);
  });
  if (!result) return;
  if (json) process.stdout.write(`${JSON.stringify({ url, participants: result.participants, passport: result.passport })}\n`);
  else process.stdout.write(farewell(url, result));
}

/** Whatever stopped the run, in its own words: all that was done is kept. */
function failed(cause: unknown): MadangError {
  const { text, message } = cause as { text?: Text; message: string };
  return new MadangError('example_stopped', { values: { why_ko: text?.ko ?? message, why_en: text?.en ?? message }, cause });
}

type Result = Awaited<ReturnType<typeof runBattery>>;

function farewell(url: string, { participants, passport, footprint, took }: Result): string {
  const keys = participants.map(({ name, key }) => `  ${name}\n    ${key}`).join('\n');
  return `
배터리 여권이 준비되었습니다. 탄소발자국 ${footprint.perKwh} kg CO2e/kWh (${(took / 1000).toFixed(1)} s)
The battery passport is ready. Carbon footprint ${footprint.perKwh} kg CO2e per kWh

  ${url}

로그인 키 (시연용) / sign-in keys (for the demonstration)
${keys}

해 볼 일 / three things to try
  1. 공개 여권을 여세요 / open the public passport:  ${passport.url}
  2. 누리들셀로 로그인해 공급망과 교환을 보세요 / sign in as Nurideul Cell and look at its chain and exchanges
  3. 누가 볼 수 있는지 시험하세요 / try who could see an offer:  npm run madang -- policy try --as garam
끝내려면 Ctrl-C / Ctrl-C ends it
`;
}
