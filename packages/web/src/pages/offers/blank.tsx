import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger } from 'react-aria-components';
import { Float } from '../../parts/float.tsx';
import './offers.css';

interface Props {
  /** What the blank is for, read by a screen reader before what stands in it. */
  label: string;
  text: string;
  /** `needed` must be filled, `open` says what holds while nothing is chosen. */
  state: 'needed' | 'open' | 'filled';
  children: ReactNode;
}

/** A blank of the sentence: press it, choose, and read the sentence again. */
export function Blank({ label, text, state, children }: Props) {
  return (
    <DialogTrigger>
      <Button className={`blank ${state}`}>
        <span className="unseen">{`${label}: `}</span>
        {text}
      </Button>
      <Float roomy>
        <Dialog className="blank-dialog" aria-label={label}>
          {children}
        </Dialog>
      </Float>
    </DialogTrigger>
  );
}
