import { once } from 'node:events';
import { offerItem } from '../../network.ts';
import type { Scene } from './scene.ts';

/** Each offers something to the other; prints what a shell needs to talk to both, and leaves them running until a signal comes. */
export async function stay({ edc, connector, identities, maker }: Scene, say: (line: string) => void): Promise<void> {
  await edc.offer('asset-1');
  const { dataset } = await offerItem(maker);
  const variables = {
    MADANG_URL: maker.client.url,
    MADANG_KEY: maker.key,
    MADANG_DID: maker.did,
    MADANG_DSP: maker.dsp,
    DATASET: dataset,
    EDC: connector.management,
    EDC_DID: identities.did,
  };
  for (const [name, value] of Object.entries(variables)) say(`export ${name}='${value}'`);
  say('# Both run until Ctrl-C.');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}
