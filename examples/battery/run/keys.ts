import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { CreatedParticipant } from '@madang/core/api/views.ts';

/** What is known of a participant; all but the key only once it was created. */
export type KnownParticipant = Pick<CreatedParticipant, 'id' | 'name' | 'key'> & Partial<CreatedParticipant>;

interface Content {
  url: string;
  participants: Record<string, KnownParticipant>;
}

/**
 * The keys of the example's participants in `demo.json` of the data folder (mode 0600). A key is written before the server hears of it,
 * so a crash between the two loses nothing: the same key is tried again.
 */
export class KeyFile {
  readonly path: string;
  readonly #content: Content;
  /** Writes go one after the other. */
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, content: Content) {
    this.path = path;
    this.#content = content;
  }

  static async open(folder: string, url: string): Promise<KeyFile> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'demo.json');
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    const known = JSON.parse(text) as Partial<Content>;
    const file = new KeyFile(path, { url, participants: known.participants ?? {} });
    if (known.url !== url) await file.#write();
    return file;
  }

  /** The participant's key, made and kept on first use. */
  async keyOf(id: string, name: string): Promise<string> {
    const known = this.#content.participants[id];
    if (known) return known.key;
    const key = `${id}.${randomBytes(24).toString('base64url')}`;
    await this.keep({ id, name, key });
    return key;
  }

  async keep(participant: KnownParticipant): Promise<void> {
    this.#content.participants[participant.id] = participant;
    this.#last = this.#last.then(async () => this.#write());
    await this.#last;
  }

  async #write(): Promise<void> {
    const beside = `${this.path}.new`;
    await using file = await open(beside, 'w', 0o600);
    await file.writeFile(`${JSON.stringify(this.#content, null, 2)}\n`);
    await file.sync();
    await rename(beside, this.path);
  }
}
