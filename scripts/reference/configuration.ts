import { SETTINGS } from '@madang/server/config/env.ts';
import { code, type Page, page, table } from './markdown.ts';

export const configuration: Page = {
  file: 'configuration.md',
  render: () =>
    page('설정 · Configuration', 'packages/server/src/config/env.ts', [
      '서버는 환경 변수를 시작할 때 한 번 읽고 검사합니다. 시연은 아무것도 정하지 않아도 됩니다. · The server reads and checks these environment variables once, when it starts. The demonstration needs none of them.',
      table(
        ['변수 · Variable', '형식 · Type', '기본값 · Default', '한국어', 'English'],
        SETTINGS.map((setting) => [
          code(setting.name),
          setting.type,
          setting.default === null ? '' : code(setting.default),
          setting.description.ko,
          setting.description.en,
        ]),
      ),
    ]),
};
