import { describePolicies } from '@madang/core/policy/reference.ts';
import { type Page, written } from './markdown.ts';

export const policies: Page = {
  file: 'policies.md',
  render: () => written('packages/core/src/policy', describePolicies()),
};
