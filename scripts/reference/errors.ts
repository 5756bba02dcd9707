import { ERRORS } from '@madang/core/error.ts';
import { code, type Page, page, table } from './markdown.ts';

export const errors: Page = {
  file: 'errors.md',
  render: () =>
    page('오류 · Errors', 'packages/core/src/error.ts', [
      'Every refusal has one of these codes, at the same HTTP status wherever it comes up, under the key `error` as `{code, status, text: {ko, en}, data?}`. `{name}` is filled with what was found.',
      table(
        ['code', 'status', '한국어', 'English'],
        Object.entries(ERRORS).map(([name, { status, ko, en }]) => [code(name), String(status), ko, en]),
      ),
    ]),
};
