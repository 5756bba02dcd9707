import { MadangError } from '@madang/core/error.ts';
import { parseJson } from '../http/json.ts';

/** Not now, but perhaps later (RFC 9110): a gateway, a limit, a time-out. */
const LATER: readonly number[] = [408, 425, 429];

/** What a provider that is a house like ours says for itself. */
const SAID = [
  'transfer_not_running',
  'terms_not_met',
  'pull_token_expired',
  'service_not_allowed',
  'service_refused',
  'service_failed',
  'service_unreachable',
  'service_too_large',
] as const;

/** An answer without data, as an error: `outbound_unreachable` when it may be another one later. */
export function refusal(url: string, status: number, text: string): MadangError {
  const { error } = Object(parseJson(text).value) as { error?: { code?: unknown; text?: { ko?: unknown; en?: unknown } } };
  const { ko, en } = error?.text ?? {};
  const said = SAID.find((code) => code === error?.code);
  if (said && typeof ko === 'string' && typeof en === 'string')
    return new MadangError(said, { text: { ko: ko.slice(0, 500), en: en.slice(0, 500) } });
  if (status >= 500 || LATER.includes(status))
    return new MadangError('outbound_unreachable', { values: { url: URL.parse(url)?.origin ?? url, why: `HTTP ${status}` } });
  return new MadangError('pull_refused', { values: { status }, data: text.slice(0, 2_000) });
}
