/** One page of docs/reference, written from a definition in the code. */
export interface Page {
  readonly file: string;
  readonly render: () => string;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A Markdown table; cells may hold Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

export const code = (text: string): string => `\`${text}\``;

/** A page that is Markdown already, with the place where it is to be changed. */
export function written(source: string, markdown: string): string {
  const note = `\`npm run reference\` writes this page from \`${source}\`.`;
  const [title = '', ...rest] = markdown.trim().split('\n\n');
  return [title, note, ...rest].join('\n\n').concat('\n');
}

/** The text of a page: title, where it comes from, and its sections. */
export const page = (title: string, source: string, sections: readonly string[]): string =>
  written(source, [`# ${title}`, ...sections].join('\n\n'));
