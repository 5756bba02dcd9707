import { readFile, writeFile } from 'node:fs/promises';

const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->'];

/** Puts the text between the two markers of a file. Throws when the file does not have both. */
export async function replaceBetweenMarkers(path: string, text: string): Promise<void> {
  const page = await readFile(path, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${path} needs the lines ${BEGIN} and ${END}`);
  await writeFile(path, `${page.slice(0, from + BEGIN.length)}\n\n${text}\n\n${page.slice(to)}`);
}
