import { describeTables } from '@madang/core/dsp/tables.ts';
import { type Page, written } from './markdown.ts';

export const states: Page = {
  file: 'states.md',
  render: () => written('packages/core/src/dsp/negotiation.ts, transfer.ts', describeTables()),
};
