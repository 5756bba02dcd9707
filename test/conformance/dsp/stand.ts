import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { newUrn } from '@madang/core/id.ts';
import { requestNegotiation } from '@madang/server/negotiation/request.ts';
import { requestTransfer } from '@madang/server/transfer/request.ts';
import { introduce, type Member, offerItem, openNetwork } from '../../network.ts';
import { openStranger, type Stranger } from '../../stranger.ts';
import type { Side } from './cases.ts';
import { Actor, type Word } from './kit.ts';
import { parseScript, scripted } from './script.ts';
import { seedAgreement, shownDataset } from './seed.ts';

/** A server that does by itself only what scripts say, and a stand-in for the test kit that talks to it. */
export interface Stand extends AsyncDisposable {
  readonly cut: Member;
  readonly stranger: Stranger;
  /** Begins a script: makes what the server needs for it and, where the server begins, lets it. Returns the kit's side. */
  enter(side: Side, script: string): Promise<Actor>;
}

export async function openStand(): Promise<Stand> {
  await using stack = new AsyncDisposableStack();
  const scripts = new Map<string, ReturnType<typeof parseScript>>();
  const script = scripted(scripts);
  const actors = new Map<string, Actor>();
  const stranger = stack.use(
    await openStranger({
      answer: (heard) => {
        const actor = actors.get(heard.path.split('/')[2] ?? '') ?? actors.get(heard.body?.offer?.target ?? heard.body?.agreementId);
        return actor?.answer(heard) ?? { status: 404 };
      },
    }),
  );
  const network = stack.use(await openNetwork({ participants: ['cut'], reactions: script.reactions }));
  const { context } = network.server;
  const cut = network.member('cut');
  const house = context.houses.get('cut');
  await introduce(cut, [stranger]);

  async function enter({ protocol, role }: Side, lines: string): Promise<Actor> {
    const subject = async () => {
      if (protocol === 'transfers') {
        const about = randomUUID();
        await seedAgreement(context, house, stranger, role, about);
        return { about, offer: '' };
      }
      if (role === 'consumer') return { about: newUrn(), offer: newUrn() };
      const { dataset, id } = await offerItem(cut);
      return { about: dataset, offer: id };
    };
    const { about, offer } = await subject();
    const actor = new Actor(stranger, { protocol, role: role === 'provider' ? 'consumer' : 'provider', peer: cut, about, offer });
    actors.set(actor.pid, actor);
    actors.set(about, actor);
    scripts.set(about, parseScript(lines));
    if (role === 'consumer') {
      const heard = actor.expect('REQ');
      const wish = { partner: stranger.did, dataset: about, offer };
      const id =
        protocol === 'negotiations'
          ? await requestNegotiation(context, house, wish, shownDataset(about, offer))
          : await requestTransfer(context, house, about);
      await script.opened(context, house, id);
      await heard;
    }
    return actor;
  }

  const all = stack.move();
  return { cut, stranger, enter, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Milliseconds in which a server that does more than its script would have done it. */
const QUIET = 50;

/**
 * Plays the steps of a script from the kit's side: `WORD` sent, `>WORD` awaited, `WORD!` refused, `=STATE` read. Whenever it is not the server's turn the
 * state that it tells must be that of the kit's side, also after a refusal, and at the end nothing may have come that the script does not have.
 */
export async function run(actor: Actor, steps: string): Promise<void> {
  let early: Promise<void> | undefined;
  const list = steps.split(' ');
  for (const [i, step] of list.entries()) {
    if (step === 'REQ' && i === 0 && list[1] === '>START') early = actor.expect('START');
    if (step.startsWith('=')) assert.equal(await actor.state(), step.slice(1));
    else if (early && step === '>START') {
      await early;
      early = undefined;
    } else if (step.startsWith('>')) await actor.expect(step.slice(1) as Word);
    else {
      const { status, text } = await actor.send(step.replace('!', '') as Word);
      if (step.endsWith('!')) assert.ok(status >= 400 && status < 500 && status !== 404, `${step} was answered ${status} ${text}`);
      else assert.ok(status >= 200 && status < 300, `${step} was answered ${status} ${text}`);
    }
    if (!list[i + 1]?.startsWith('>')) assert.equal(await actor.state(), actor.own, `after ${list.slice(0, i + 1).join(' ')}`);
  }
  await sleep(QUIET);
  assert.deepEqual(actor.unwanted, [], 'nothing comes that the script does not have');
}
