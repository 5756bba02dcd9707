import type { Sender } from '@madang/core/dsp/state.ts';

// Every test of the Dataspace Protocol test kit (dsp-tck 1.0.x). Steps, from the kit's side: a word is sent by the kit, >word is awaited from the server,
// word! must be refused with 4xx and not 404, =STATE is read with one GET. As consumer the server has sent its request before the first step.
// Then what the server does by itself: `STATE action, …`; nothing else.

export type Part = 'CN' | 'CN_C' | 'TP' | 'TP_C';

/** What the server under test is in a script. */
export interface Side {
  readonly protocol: 'negotiations' | 'transfers';
  readonly role: Sender;
}

export const SIDES: Readonly<Record<Part, Side>> = {
  CN: { protocol: 'negotiations', role: 'provider' },
  CN_C: { protocol: 'negotiations', role: 'consumer' },
  TP: { protocol: 'transfers', role: 'provider' },
  TP_C: { protocol: 'transfers', role: 'consumer' },
};

type Row = readonly [id: string, steps: string, script: string];

const ROWS: readonly Row[] = [
  ['CN:01-01', 'REQ >OFFER TERM =TERMINATED', 'REQUESTED offer'],
  ['CN:01-02', 'REQ >OFFER REQ >TERM =TERMINATED', 'REQUESTED offer, REQUESTED terminate'],
  ['CN:01-03', 'REQ >OFFER ACC >AGREE VERIFY >FIN =FINALIZED', 'REQUESTED offer, ACCEPTED agree, VERIFIED finalize'],
  ['CN:01-04', 'REQ >AGREE VERIFY >FIN =FINALIZED', 'REQUESTED agree, VERIFIED finalize'],
  ['CN:02-01', 'REQ >TERM =TERMINATED', 'REQUESTED terminate'],
  ['CN:02-02', 'REQ TERM =TERMINATED', ''],
  ['CN:02-03', 'REQ >AGREE TERM =TERMINATED', 'REQUESTED agree'],
  ['CN:02-04', 'REQ >OFFER TERM =TERMINATED', 'REQUESTED offer'],
  ['CN:02-05', 'REQ >OFFER >TERM =TERMINATED', 'REQUESTED offer, OFFERED terminate'],
  ['CN:02-06', 'REQ >OFFER ACC >TERM =TERMINATED', 'REQUESTED offer, ACCEPTED terminate'],
  ['CN:02-07', 'REQ >AGREE VERIFY >TERM =TERMINATED', 'REQUESTED agree, VERIFIED terminate'],
  ['CN:03-01', 'REQ >AGREE VERIFY >FIN =FINALIZED TERM! =FINALIZED', 'REQUESTED agree, VERIFIED finalize'],
  ['CN:03-02', 'REQ >OFFER VERIFY! =OFFERED', 'REQUESTED offer'],
  ['CN:03-03', 'REQ >OFFER ACC VERIFY! =ACCEPTED', 'REQUESTED offer'],
  ['CN:03-04', 'REQ >OFFER REQ REQ! =REQUESTED', 'REQUESTED offer'],
  ['CN_C:01-01', 'OFFER >ACC AGREE >VERIFY FIN =FINALIZED', 'OFFERED accept, AGREED verify'],
  ['CN_C:01-02', 'OFFER >REQ TERM =TERMINATED', 'OFFERED request'],
  ['CN_C:01-03', 'OFFER >TERM =TERMINATED', 'OFFERED terminate'],
  ['CN_C:01-04', 'AGREE >VERIFY FIN =FINALIZED', 'AGREED verify'],
  ['CN_C:02-01', 'TERM =TERMINATED', ''],
  ['CN_C:02-02', '>TERM =TERMINATED', 'REQUESTED terminate'],
  ['CN_C:02-03', 'AGREE >TERM =TERMINATED', 'AGREED terminate'],
  ['CN_C:02-04', 'OFFER =OFFERED TERM =TERMINATED', ''],
  ['CN_C:02-05', 'OFFER >ACC TERM =TERMINATED', 'OFFERED accept'],
  ['CN_C:02-06', 'AGREE >VERIFY TERM =TERMINATED', 'AGREED verify'],
  ['CN_C:03-01', 'FIN! =REQUESTED', ''],
  ['CN_C:03-02', 'OFFER =OFFERED AGREE! =OFFERED', ''],
  ['CN_C:03-03', 'OFFER FIN! =OFFERED', ''],
  ['CN_C:03-04', 'OFFER >ACC FIN! =ACCEPTED', 'OFFERED accept'],
  ['CN_C:03-05', 'OFFER >ACC OFFER! =ACCEPTED', 'OFFERED accept'],
  ['CN_C:03-06', 'OFFER >ACC AGREE FIN! =AGREED', 'OFFERED accept'],
  ['TP:01-01', 'REQ >START >TERM =TERMINATED', 'REQUESTED start, STARTED terminate'],
  ['TP:01-02', 'REQ >START >COMP =COMPLETED', 'REQUESTED start, STARTED complete'],
  ['TP:01-03', 'REQ >START >SUSP >TERM =TERMINATED', 'REQUESTED start, STARTED suspend, SUSPENDED terminate'],
  ['TP:01-04', 'REQ >START >SUSP >START >COMP =COMPLETED', 'REQUESTED start, STARTED suspend, SUSPENDED start, STARTED complete'],
  ['TP:01-05', 'REQ >TERM =TERMINATED', 'REQUESTED terminate'],
  ['TP:02-01', 'REQ >START =STARTED TERM =TERMINATED', 'REQUESTED start'],
  ['TP:02-02', 'REQ >START =STARTED COMP =COMPLETED', 'REQUESTED start'],
  ['TP:02-03', 'REQ >START SUSP =SUSPENDED TERM =TERMINATED', 'REQUESTED start'],
  ['TP:02-05', 'REQ =REQUESTED TERM =TERMINATED', ''],
  ['TP:03-01', 'REQ COMP! =REQUESTED', ''],
  ['TP:03-02', 'REQ SUSP! =REQUESTED', ''],
  ['TP:03-03', 'REQ >START SUSP COMP! =SUSPENDED', 'REQUESTED start'],
  ['TP:03-04', 'REQ >START TERM START! =TERMINATED', 'REQUESTED start'],
  ['TP:03-05', 'REQ >START TERM SUSP! =TERMINATED', 'REQUESTED start'],
  ['TP:03-06', 'REQ >START TERM COMP! =TERMINATED', 'REQUESTED start'],
  ['TP_C:01-01', 'START =STARTED TERM =TERMINATED', ''],
  ['TP_C:01-02', 'START =STARTED COMP =COMPLETED', ''],
  ['TP_C:01-03', 'START SUSP =SUSPENDED TERM =TERMINATED', ''],
  ['TP_C:01-04', 'START SUSP =SUSPENDED START =STARTED COMP =COMPLETED', ''],
  ['TP_C:01-05', 'TERM =TERMINATED', ''],
  ['TP_C:02-01', 'START >TERM =TERMINATED', 'STARTED terminate'],
  ['TP_C:02-02', 'START >COMP =COMPLETED', 'STARTED complete'],
  ['TP_C:02-03', 'START >SUSP >TERM =TERMINATED', 'STARTED suspend, SUSPENDED terminate'],
  ['TP_C:02-05', '>TERM =TERMINATED', 'REQUESTED terminate'],
  ['TP_C:03-01', 'COMP! =REQUESTED', ''],
  ['TP_C:03-02', 'SUSP! =REQUESTED', ''],
  ['TP_C:03-03', 'START SUSP COMP! =SUSPENDED', ''],
  ['TP_C:03-04', 'START TERM START! =TERMINATED', ''],
  ['TP_C:03-05', 'START TERM SUSP! =TERMINATED', ''],
  ['TP_C:03-06', 'START TERM COMP! =TERMINATED', ''],
];

export interface Case {
  /** As the kit writes it, for example `CN_C:01-02`. */
  readonly id: string;
  readonly part: Part;
  readonly steps: string;
  readonly script: string;
  /** The id with which the kit's settings begin, for example `CN_C_01_02`. */
  readonly key: string;
  /** Dataset of a negotiation, agreement of a transfer, as the kit's own sample settings name it, for example `ACNC0102`. */
  readonly about: string;
}

export const CASES: readonly Case[] = ROWS.map(([id, steps, script]) => ({
  id,
  part: id.split(':')[0] as Part,
  steps,
  script,
  key: id.replaceAll(/[:-]/g, '_'),
  about: `A${id.replaceAll(/[_:-]/g, '')}`,
}));

/** Those without a script. */
export const READS = ['MET:01-01', 'CAT:01-01', 'CAT:01-02', 'CAT:01-03'] as const;

/** Switched off in the kit: the consumer's own start after a suspension, whose meaning the specification leaves open (DataspaceProtocol issues 252 and 167). */
export const DISABLED = ['TP:02-04', 'TP_C:02-04'] as const;
