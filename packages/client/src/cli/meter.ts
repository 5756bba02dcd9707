import type { Text } from '@madang/core/text.ts';
import type { Context } from './context.ts';
import { bytesText } from './figures.ts';

/** How far something is. `total`: null when it is not known; `rate`: bytes a second, worked out when left out. */
export interface Far {
  readonly bytes: number;
  readonly total: number | null;
  readonly rate?: number;
}

export interface Meter extends Disposable {
  tell(far: Far): void;
}

const WIDTH = 24;
const DRAWN_EVERY_MS = 100;
const TOLD_EVERY_MS = 5000;
/** The rate is that of the last seconds. */
const WINDOW_MS = 3000;

/** A bar that fills on a terminal; elsewhere a line every few seconds. Gone when disposed. */
export function openMeter(context: Context, what: Text): Meter {
  const { terminal, t } = context;
  let [last, drawn] = [Date.now(), false];
  let seen: { at: number; bytes: number }[] = [];
  const rateOf = (bytes: number): number => {
    const now = Date.now();
    seen = [...seen.filter(({ at }) => now - at < WINDOW_MS), { at: now, bytes }];
    const [first] = seen;
    return first && now > first.at ? (1000 * (bytes - first.bytes)) / (now - first.at) : 0;
  };
  return {
    tell({ bytes, total, rate = rateOf(bytes) }) {
      const now = Date.now();
      if (now - last < (terminal ? DRAWN_EVERY_MS : TOLD_EVERY_MS)) return;
      last = now;
      const line = { ko: `${what.ko} ${far(bytes, total, rate).ko}`, en: `${what.en} ${far(bytes, total, rate).en}` };
      if (!terminal) return context.note(line);
      drawn = true;
      terminal(total ? `${bar(bytes / total)} ${t(line)}` : t(line));
    },
    [Symbol.dispose]() {
      if (drawn) terminal?.('');
    },
  };
}

function bar(share: number): string {
  const full = Math.round(WIDTH * Math.min(1, share));
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
}

function far(bytes: number, total: number | null, rate: number): Text {
  const speed = rate > 0 ? `, ${bytesText(rate)}/s` : '';
  if (total === null) return { ko: `${bytesText(bytes)}${speed}`, en: `${bytesText(bytes)}${speed}` };
  const share = total > 0 ? Math.floor((100 * bytes) / total) : 100;
  const left = rate > 0 ? Math.ceil((total - bytes) / rate) : null;
  return {
    ko: `${share} % (${bytesText(total)} 가운데 ${bytesText(bytes)})${speed}${left === null ? '' : `, ${span(left).ko} 남음`}`,
    en: `${share} % (${bytesText(bytes)} of ${bytesText(total)})${speed}${left === null ? '' : `, ${span(left).en} left`}`,
  };
}

function span(seconds: number): Text {
  if (seconds < 60) return { ko: `${seconds}초`, en: `${seconds} s` };
  if (seconds < 3600) return { ko: `${Math.ceil(seconds / 60)}분`, en: `${Math.ceil(seconds / 60)} min` };
  return { ko: `${(seconds / 3600).toFixed(1)}시간`, en: `${(seconds / 3600).toFixed(1)} h` };
}
