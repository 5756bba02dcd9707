import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as build from '@madang/core/dsp/build.ts';
import type { Sender } from '@madang/core/dsp/state.ts';
import { newUrn } from '@madang/core/id.ts';
import { requestNegotiation } from '@madang/server/negotiation/request.ts';
import { apply } from '@madang/server/protocol/apply.ts';
import { requestTransfer } from '@madang/server/transfer/request.ts';
import { Actor, type Play, type Word } from './kit.ts';
import { introduce, type Member, offerItem, openNetwork } from './network.ts';
import { parseScript, scripted } from './script.ts';
import { openStranger, type Stranger } from './stranger.ts';

/** What the server under test is in a script. */
export interface Side {
  readonly protocol: Play['protocol'];
  readonly role: Sender;
}

/** A server that does by itself only what scripts say, and a stand-in for the test kit that talks to it. */
export interface Stand extends AsyncDisposable {
  readonly cut: Member;
  readonly stranger: Stranger;
  /** Begins a script: makes what the server needs for it and, where the server begins, lets it. Returns the kit's side. */
  enter(side: Side, script: string): Promise<Actor>;
}

const TERMS = { permission: [{ action: 'use' }] };

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

  /** An agreement in force, as if it had been negotiated before. */
  async function agreed(role: Sender): Promise<string> {
    const id = randomUUID();
    const [assigner, assignee] = role === 'provider' ? [house.did, stranger.did] : [stranger.did, house.did];
    const timestamp = new Date().toISOString();
    const document = build.agreement({ id, target: `dataset-${id}`, assigner, assignee, timestamp }, TERMS);
    const about = { protocol: 'negotiation', role, peer: stranger.did, peerPid: newUrn(), peerAddress: stranger.dsp } as const;
    const create = { id: newUrn(), ...about, dataset: `dataset-${id}`, title: id, content: {} };
    const move = { from: null, to: 'FINALIZED', message: 'seed', sender: 'me', agreement: { id, document, signedAt: timestamp } } as const;
    await apply(context, house, { create, moves: [move] });
    return id;
  }

  async function enter({ protocol, role }: Side, lines: string): Promise<Actor> {
    const subject = async () => {
      if (protocol === 'transfers') return { about: await agreed(role), offer: '' };
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
      const known = build.nestedDataset(about, [build.offer(offer, TERMS)], [build.distribution('HttpData-PULL', 'service')]);
      const wish = { partner: stranger.did, dataset: about, offer };
      const id =
        protocol === 'negotiations'
          ? await requestNegotiation(context, house, wish, { ...known })
          : await requestTransfer(context, house, about);
      void script.opened(context, house, id);
      await heard;
    }
    return actor;
  }

  const all = stack.move();
  return { cut, stranger, enter, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Plays the steps of a script from the kit's side: `WORD` sent, `>WORD` awaited, `WORD!` refused, `=STATE` read. */
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
  }
}
