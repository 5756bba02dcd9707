import type { Reason } from '@madang/core/api/views.ts';
import { becauseOf } from '@madang/core/because.ts';
import { fromReason, toReason } from '@madang/core/dsp/reason.ts';
import type { MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import { parseJson } from '../http/json.ts';

/** A reason with what stands behind it. */
export const reasonFor = (code: string, text: Text, more: Omit<Reason, 'code' | 'text' | 'because'> = {}): Reason => ({
  code,
  because: becauseOf(code),
  text,
  ...more,
});

/** An error as a reason, as kept in the history and shown. */
export const reasonOf = (error: MadangError): Reason => reasonFor(error.code, error.text);

/** `code` and `reason` as sent: sentences that any connector can show, then the same with its parts for one that knows them. */
export function toWire(reasons: readonly Reason[]): { code: string; reason: readonly unknown[] } {
  const told = reasons.map(({ code, text, change, clause }) => ({ code, text, change, clause }));
  return { code: reasons[0]?.code ?? 'ended', reason: [...reasons.flatMap(({ text }) => toReason(text)), ...told] };
}

/** What a peer gave as `code` and `reason`, whatever its form. */
export function fromWire(code: string | undefined, reason: readonly unknown[] | undefined): Reason[] {
  const given = reason?.slice(0, MOST);
  const parts = (given ?? []).filter(isReason);
  if (parts.length > 0)
    return parts.map(({ code: c, text, change, clause }) =>
      reasonFor(cut(c), short(text), { ...(change ? { change: short(change) } : {}), ...(clause ? { clause: cut(clause) } : {}) }),
    );
  const text = fromReason(given);
  const said = cut(code ?? 'ended');
  return text || code ? [reasonFor(said, text ? short(text) : { ko: `코드 ${said}`, en: `Code ${said}` })] : [];
}

/** A peer's reasons are kept in the history and stand in every list: so many, and so long, and no more. */
const MOST = 60;
const LONGEST = 2_000;
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1).toWellFormed()}…` : text);
const short = ({ ko, en }: Text): Text => ({ ko: cut(ko), en: cut(en) });

/** The same from the body of an error answer, which may hold anything; EDC gives one reason without a list around it. */
export function fromAnswer(text: string): Reason[] {
  const { code, reason } = Object(parseJson(text).value) as { code?: unknown; reason?: unknown };
  const list = Array.isArray(reason) ? reason : isSentence(reason) ? [reason] : undefined;
  return fromWire(typeof code === 'string' ? code : undefined, list);
}

const isSentence = (reason: unknown): boolean =>
  typeof reason === 'string' || typeof (reason as { '@value'?: unknown } | null | undefined)?.['@value'] === 'string';

const isText = (value: unknown): value is Text => typeof (value as Text | null)?.ko === 'string' && typeof (value as Text).en === 'string';

function isReason(entry: unknown): entry is Reason {
  const r = entry as Reason | null;
  return (
    typeof r?.code === 'string' &&
    isText(r.text) &&
    (r.change === undefined || isText(r.change)) &&
    (r.clause === undefined || typeof r.clause === 'string')
  );
}
