import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import { useWords } from '../language.tsx';
import { Button } from './button.tsx';
import './notice.css';

interface Notice {
  readonly text: string;
  readonly undo?: (() => Promise<unknown>) | undefined;
}

const Context = createContext<(notice: Notice) => void>(() => undefined);

/** Says what has just been done, wherever the person goes next, with the way back where there is one. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const words = useWords();
  const [notice, setNotice] = useState<Notice | null>(null);
  const say = useCallback((next: Notice) => setNotice(next), []);
  const undo = async () => {
    const back = notice?.undo;
    setNotice(null);
    await back?.();
  };
  return (
    <Context value={say}>
      {children}
      <div className="notice-place no-print" role="status">
        {notice && (
          <div className="notice">
            <span>{notice.text}</span>
            {notice.undo && (
              <Button weight="quiet" onPress={undo}>
                {words.common.undo}
              </Button>
            )}
            <Button weight="quiet" onPress={() => setNotice(null)}>
              {words.common.close}
            </Button>
          </div>
        )}
      </div>
    </Context>
  );
}

export const useNotice = () => use(Context);
