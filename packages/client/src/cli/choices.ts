import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from './context.ts';
import type { Options } from './options.ts';
import { didsOf } from './partner.ts';
import { UsageError } from './usage.ts';

/** The blanks of a policy as options: who, for what, until when. */
export const CHOICES: Options = {
  to: {
    type: 'string',
    multiple: true,
    value: '<partner>',
    text: { ko: '이 파트너에게만 (짧은 이름이나 DID)', en: 'only to this partner (short name or DID)' },
  },
  group: { type: 'string', multiple: true, value: '<group>', text: { ko: '이 파트너 그룹에만', en: 'only to this group of partners' } },
  members: { type: 'boolean', text: { ko: '회원 자격이 유효한 기업에만 계약', en: 'agreed only with firms whose membership is valid' } },
  purpose: {
    type: 'string',
    multiple: true,
    value: '<purpose>',
    text: { ko: '이 이용 목적에만, 예: product-footprint', en: 'only for this purpose, such as product-footprint' },
  },
  from: { type: 'string', value: '<day>', text: { ko: '이 날부터', en: 'from this day on' } },
  until: { type: 'string', value: '<day>', text: { ko: '이 날까지', en: 'until this day' } },
  access: { type: 'string', value: '<file>', text: { ko: '열람 정책을 ODRL JSON 파일로', en: 'who may see it, as a file of ODRL' } },
  contract: { type: 'string', value: '<file>', text: { ko: '이용 정책을 ODRL JSON 파일로', en: 'what may be done, as a file of ODRL' } },
};

type PolicyInput = { choices: Choices } | { odrl: unknown };
interface Choices {
  partners?: string[];
  groups?: string[];
  members?: boolean;
  purposes?: string[];
  from?: string;
  until?: string;
}

/** Both policies: partners and groups decide who sees it, everything together what is agreed. */
export async function policiesOf(context: Context): Promise<{ access: PolicyInput; contract: PolicyInput }> {
  const { given } = context;
  const to = given.list('to');
  const who: Choices = dense({ partners: to && (await didsOf(context.client(), to)), groups: given.list('group') });
  const all: Choices = dense({
    ...who,
    members: given.has('members') || undefined,
    purposes: given.list('purpose'),
    from: given.text('from'),
    until: given.text('until'),
  });
  return {
    access: (await odrlOf(context, 'access')) ?? { choices: who },
    contract: (await odrlOf(context, 'contract')) ?? { choices: all },
  };
}

export const hasChoices = ({ given }: Context): boolean => Object.keys(CHOICES).some((name) => given.has(name));

const dense = (choices: Choices): Choices => Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));

async function odrlOf({ given, folder }: Context, name: string): Promise<PolicyInput | undefined> {
  const file = given.text(name);
  if (!file) return undefined;
  try {
    return { odrl: JSON.parse(await readFile(resolve(folder, file), 'utf8')) as unknown };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError({ ko: `--${name} 파일을 읽을 수 없습니다: ${why}`, en: `The file of --${name} cannot be read: ${why}` });
  }
}
