import type { Text } from '@madang/core/text.ts';

export interface Setting {
  readonly name: string;
  readonly type: string;
  readonly default: string | null;
  readonly description: Text;
}

/** Every variable that the server reads, in one place; docs/reference/configuration.md is written from it. */
// biome-ignore format: one setting a row
export const SETTINGS = [
  { name: 'MADANG_DATA', type: 'folder', default: '.madang', description: { ko: '데이터 폴더: 내장 데이터베이스, 키, 포트 번호를 둡니다.', en: 'Data folder: embedded database, keys, port number.' } },
  { name: 'MADANG_HOST', type: 'address', default: '127.0.0.1', description: { ko: '요청을 받을 주소', en: 'Address to listen on' } },
  { name: 'MADANG_PORT', type: 'port', default: null, description: { ko: '포트. 없으면 처음 시작할 때 8440부터 빈 포트를 골라 데이터 폴더에 적어 둡니다.', en: 'Port. Without it the first start takes a free one from 8440 on and keeps it in the data folder.' } },
  { name: 'MADANG_PUBLIC_URL', type: 'url', default: null, description: { ko: '밖에서 보이는 주소. DID와 QR 코드에 들어가므로 나중에 바꾸지 마세요. 없으면 http://localhost:<포트>', en: 'Address as seen from outside. It is part of every DID and QR code, so do not change it later. Without it http://localhost:<port>' } },
  { name: 'DATABASE_URL', type: 'url', default: null, description: { ko: 'PostgreSQL 15 이상의 주소. 없으면 내장 PostgreSQL을 씁니다.', en: 'A PostgreSQL server, 15 or later. Without it the embedded one.' } },
  { name: 'MADANG_MASTER_KEY', type: 'base64, 32 bytes', default: null, description: { ko: '개인 키를 봉인하는 키. 없으면 데이터 폴더의 master.key를 쓰고, 그것도 없으면 만듭니다.', en: 'Key that seals the private keys. Without it the file master.key of the data folder, made if absent.' } },
  { name: 'MADANG_MASTER_KEY_FILE', type: 'file', default: null, description: { ko: '위 키가 든 파일', en: 'File that holds the key above' } },
  { name: 'MADANG_HOST_KEY', type: 'text', default: null, description: { ko: '참여기업을 만들 수 있는 호스트 키의 비밀 부분. 없으면 데이터 폴더의 host.key를 씁니다.', en: 'Secret part of the host key, which may create participants. Without it the file host.key of the data folder.' } },
  { name: 'MADANG_OUTBOUND', type: 'public | loopback | any', default: 'public', description: { ko: '다른 기업에 연결할 때 허용하는 주소: 공인 주소만, 이 컴퓨터까지(시연), 모두', en: 'Addresses that requests to partners may reach: public only, also this machine (demonstration), any' } },
  { name: 'MADANG_UPSTREAMS', type: 'urls', default: null, description: { ko: '참여기업이 자기 HTTP 서비스로 등록할 수 있는 내부 주소. http(s)://호스트:포트를 쉼표로 나열합니다. MADANG_OUTBOUND가 허용하는 주소는 적지 않아도 됩니다.', en: 'Internal addresses at which participants may have HTTP services of their own, as http(s)://host:port separated by commas. What MADANG_OUTBOUND allows need not be named.' } },
  { name: 'MADANG_MAX_UPLOAD', type: 'MB', default: '20', description: { ko: '가져오는 파일의 최대 크기(20까지)', en: 'Largest file to import, at most 20' } },
  { name: 'MADANG_LOG', type: 'silent | error | warn | info | debug', default: 'warn', description: { ko: '기록 수준(표준 오류로 나갑니다)', en: 'Log level (goes to standard error)' } },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];
export type Environment = Readonly<Record<SettingName, string | undefined>>;

/** Reads the environment once into a flat object; an empty value counts as absent. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  return Object.fromEntries(SETTINGS.map(({ name, default: fallback }) => [name, env[name] || (fallback ?? undefined)])) as Environment;
}
