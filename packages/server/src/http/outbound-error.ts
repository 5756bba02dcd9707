import { MadangError } from '@madang/core/error.ts';

export const unreachable = (url: URL, why: string, cause?: unknown): MadangError =>
  new MadangError('outbound_unreachable', { values: { url: url.origin, why }, cause });
export const forbidden = (url: string): MadangError => new MadangError('outbound_forbidden', { values: { url } });

/** What Node throws while a request is made or its answer is read, as an error of the registry. */
export function outboundError(url: URL, error: unknown): MadangError {
  if (error instanceof MadangError) return error;
  const { code, name } = error as Error & { code?: string };
  if (code === 'EFORBIDDEN') return forbidden(url.origin);
  return unreachable(url, code ?? name, error);
}
