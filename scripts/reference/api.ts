import type { Route } from '@madang/core/api/route.ts';
import { HOST_API, ROUTES } from '@madang/core/api/routes.ts';
import { z } from 'zod';
import { code, type Page, page, table } from './markdown.ts';

interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

/** A JSON schema in one line: `{a: text, b?: "x" or "y" = "x"}`. */
function brief(shape: Shape): string {
  return form(shape) + (shape.default === undefined ? '' : ` = ${JSON.stringify(shape.default)}`);
}

function form(shape: Shape): string {
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' or ');
  const choice = shape.anyOf ?? shape.oneOf;
  if (choice) return choice.map(brief).join(' or ');
  if (shape.items) return `[${brief(shape.items)}]`;
  if (shape.properties) {
    const fields = Object.entries(shape.properties).map(
      ([name, field]) => `${name}${shape.required?.includes(name) ? '' : '?'}: ${brief(field)}`,
    );
    return `{${fields.join(', ')}}`;
  }
  return shape.format ?? (shape.type === 'string' ? 'text' : (shape.type ?? 'any JSON'));
}

const schema = (type: z.ZodType): string => code(brief(z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Shape));

const FORMS = {
  json: '',
  file: 'the bytes of one file',
  stream: 'the bytes of one file of any size',
  download: 'answers with a file',
  events: 'answers with server-sent events',
};

function calls(routes: readonly (Route & { readonly name: string })[]): string {
  return table(
    ['name', 'call', '한국어', 'English', 'takes'],
    routes.map(({ name, method, path, summary, body, query, form }) => [
      code(name),
      code(`${method} ${path}`),
      summary.ko,
      summary.en,
      [query && `query ${schema(query)}`, body && `body ${schema(body)}`, FORMS[form ?? 'json']].filter(Boolean).join('; '),
    ]),
  );
}

export const api: Page = {
  file: 'api.md',
  render: () =>
    page('관리 인터페이스 · Management interface', 'packages/core/src/api/routes.ts', [
      'Errors: [errors.md](errors.md). The types of the answers are in `packages/core/src/api/views.ts`; the typed client in `packages/client` uses the same table.',
      '## 참여기업 · Of a participant',
      'Below `/participants/{participant}/api`, signed in with the management key (`Authorization: Bearer …` or the session cookie).',
      calls(ROUTES),
      '## 서버 · Of the whole server',
      'Below `/api`.',
      calls(Object.entries(HOST_API).map(([name, route]) => ({ name, ...route }))),
    ]),
};
