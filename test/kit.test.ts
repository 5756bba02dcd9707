import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { requestNegotiation } from '@madang/server/negotiation/request.ts';
import { apply } from '@madang/server/protocol/apply.ts';
import { requestTransfer } from '@madang/server/transfer/request.ts';
import { Actor, type Word } from './kit.ts';
import { introduce, type Network, openNetwork, writeItem } from './network.ts';
import { parseScript, scripted } from './script.ts';
import { openStranger, type Stranger } from './stranger.ts';

// The negotiation and transfer scripts of the official Dataspace Protocol test kit (dsp-tck 1.0.x), with a stand-in for the kit.
// Steps: a word is sent by the kit, >word is awaited from the server, word! must be refused with 4xx and not 404, =STATE is read with one GET.
// Then what the server does by itself: `STATE action, …`; nothing else. TP:02-04 and TP_C:02-04, a consumer's resumption, are disabled in the kit.

type Row = readonly [id: string, steps: string, script: string];

const CN: readonly Row[] = [
  ['CN:01-01', 'REQ >OFFER TERM =TERMINATED', 'REQUESTED offer'],
  ['CN:01-02', 'REQ >OFFER REQ >TERM =TERMINATED', 'REQUESTED offer, REQUESTED terminate'],
  ['CN:01-03', 'REQ >OFFER ACC >AGREE VERIFY >FIN =FINALIZED', 'REQUESTED offer, ACCEPTED agree, VERIFIED finalize'],
  ['CN:01-04', 'REQ >AGREE VERIFY >FIN =FINALIZED', 'REQUESTED agree, VERIFIED finalize'],
  ['CN:02-01', 'REQ >TERM =TERMINATED', 'REQUESTED terminate'],
  ['CN:02-02', 'REQ TERM =TERMINATED', ''],
  ['CN:02-03', 'REQ >AGREE TERM =TERMINATED', 'REQUESTED agree'],
  ['CN:02-04', 'REQ >OFFER TERM =TERMINATED', 'REQUESTED offer'],
  ['CN:02-05', 'REQ >OFFER >TERM =TERMINATED', 'REQUESTED offer, OFFERED terminate'],
  ['CN:02-06', 'REQ >OFFER ACC >TERM =TERMINATED', 'REQUESTED offer, ACCEPTED terminate'],
  ['CN:02-07', 'REQ >AGREE VERIFY >TERM =TERMINATED', 'REQUESTED agree, VERIFIED terminate'],
  ['CN:03-01', 'REQ >AGREE VERIFY >FIN =FINALIZED TERM! =FINALIZED', 'REQUESTED agree, VERIFIED finalize'],
  ['CN:03-02', 'REQ >OFFER VERIFY! =OFFERED', 'REQUESTED offer'],
  ['CN:03-03', 'REQ >OFFER ACC VERIFY! =ACCEPTED', 'REQUESTED offer'],
  ['CN:03-04', 'REQ >OFFER REQ REQ! =REQUESTED', 'REQUESTED offer'],
];

const CN_C: readonly Row[] = [
  ['CN_C:01-01', '>REQ OFFER >ACC AGREE >VERIFY FIN =FINALIZED', 'OFFERED accept, AGREED verify'],
  ['CN_C:01-02', '>REQ OFFER >REQ TERM =TERMINATED', 'OFFERED request'],
  ['CN_C:01-03', '>REQ OFFER >TERM =TERMINATED', 'OFFERED terminate'],
  ['CN_C:01-04', '>REQ AGREE >VERIFY FIN =FINALIZED', 'AGREED verify'],
  ['CN_C:02-01', '>REQ TERM =TERMINATED', ''],
  ['CN_C:02-02', '>REQ >TERM =TERMINATED', 'REQUESTED terminate'],
  ['CN_C:02-03', '>REQ AGREE >TERM =TERMINATED', 'AGREED terminate'],
  ['CN_C:02-04', '>REQ OFFER =OFFERED TERM =TERMINATED', ''],
  ['CN_C:02-05', '>REQ OFFER >ACC TERM =TERMINATED', 'OFFERED accept'],
  ['CN_C:02-06', '>REQ AGREE >VERIFY TERM =TERMINATED', 'AGREED verify'],
  ['CN_C:03-01', '>REQ FIN! =REQUESTED', ''],
  ['CN_C:03-02', '>REQ OFFER =OFFERED AGREE! =OFFERED', ''],
  ['CN_C:03-03', '>REQ OFFER FIN! =OFFERED', ''],
  ['CN_C:03-04', '>REQ OFFER >ACC FIN! =ACCEPTED', 'OFFERED accept'],
  ['CN_C:03-05', '>REQ OFFER >ACC OFFER! =ACCEPTED', 'OFFERED accept'],
  ['CN_C:03-06', '>REQ OFFER >ACC AGREE FIN! =AGREED', 'OFFERED accept'],
];

const TP: readonly Row[] = [
  ['TP:01-01', 'REQ >START >TERM =TERMINATED', 'REQUESTED start, STARTED terminate'],
  ['TP:01-02', 'REQ >START >COMP =COMPLETED', 'REQUESTED start, STARTED complete'],
  ['TP:01-03', 'REQ >START >SUSP >TERM =TERMINATED', 'REQUESTED start, STARTED suspend, SUSPENDED terminate'],
  ['TP:01-04', 'REQ >START >SUSP >START >COMP =COMPLETED', 'REQUESTED start, STARTED suspend, SUSPENDED start, STARTED complete'],
  ['TP:01-05', 'REQ >TERM =TERMINATED', 'REQUESTED terminate'],
  ['TP:02-01', 'REQ >START =STARTED TERM =TERMINATED', 'REQUESTED start'],
  ['TP:02-02', 'REQ >START =STARTED COMP =COMPLETED', 'REQUESTED start'],
  ['TP:02-03', 'REQ >START SUSP =SUSPENDED TERM =TERMINATED', 'REQUESTED start'],
  ['TP:02-05', 'REQ =REQUESTED TERM =TERMINATED', ''],
  ['TP:03-01', 'REQ COMP! =REQUESTED', ''],
  ['TP:03-02', 'REQ SUSP! =REQUESTED', ''],
  ['TP:03-03', 'REQ >START SUSP COMP! =SUSPENDED', 'REQUESTED start'],
  ['TP:03-04', 'REQ >START TERM START! =TERMINATED', 'REQUESTED start'],
  ['TP:03-05', 'REQ >START TERM SUSP! =TERMINATED', 'REQUESTED start'],
  ['TP:03-06', 'REQ >START TERM COMP! =TERMINATED', 'REQUESTED start'],
];

const TP_C: readonly Row[] = [
  ['TP_C:01-01', '>REQ START =STARTED TERM =TERMINATED', ''],
  ['TP_C:01-02', '>REQ START =STARTED COMP =COMPLETED', ''],
  ['TP_C:01-03', '>REQ START SUSP =SUSPENDED TERM =TERMINATED', ''],
  ['TP_C:01-04', '>REQ START SUSP =SUSPENDED START =STARTED COMP =COMPLETED', ''],
  ['TP_C:01-05', '>REQ TERM =TERMINATED', ''],
  ['TP_C:02-01', '>REQ START >TERM =TERMINATED', 'STARTED terminate'],
  ['TP_C:02-02', '>REQ START >COMP =COMPLETED', 'STARTED complete'],
  ['TP_C:02-03', '>REQ START >SUSP >TERM =TERMINATED', 'STARTED suspend, SUSPENDED terminate'],
  ['TP_C:02-05', '>REQ >TERM =TERMINATED', 'REQUESTED terminate'],
  ['TP_C:03-01', '>REQ COMP! =REQUESTED', ''],
  ['TP_C:03-02', '>REQ SUSP! =REQUESTED', ''],
  ['TP_C:03-03', '>REQ START SUSP COMP! =SUSPENDED', ''],
  ['TP_C:03-04', '>REQ START TERM START! =TERMINATED', ''],
  ['TP_C:03-05', '>REQ START TERM SUSP! =TERMINATED', ''],
  ['TP_C:03-06', '>REQ START TERM COMP! =TERMINATED', ''],
];

const TERMS = { permission: [{ action: 'use' }] };
const scripts = new Map<string, ReturnType<typeof parseScript>>();
const script = scripted(scripts);
const actors = new Map<string, Actor>();
let network: Network;
let stranger: Stranger;

before(async () => {
  stranger = await openStranger({
    answer: (heard) => {
      const actor = actors.get(heard.path.split('/')[2] ?? '') ?? actors.get(heard.body?.offer?.target ?? heard.body?.agreementId);
      return actor?.answer(heard) ?? { status: 404 };
    },
  });
  network = await openNetwork({ participants: ['cut'], reactions: script.reactions });
  await introduce(network.member('cut'), [stranger]);
});
after(async () => {
  await network?.[Symbol.asyncDispose]();
  await stranger?.[Symbol.asyncDispose]();
});

const house = () => network.server.context.houses.get('cut');

function enter(play: ConstructorParameters<typeof Actor>[1], lines: string): Actor {
  const actor = new Actor(stranger, play);
  actors.set(actor.pid, actor);
  actors.set(play.about, actor);
  scripts.set(play.about, parseScript(lines));
  return actor;
}

/** Plays the steps of a script from the kit's side. */
async function run(actor: Actor, steps: string): Promise<void> {
  for (const step of steps.split(' ')) {
    if (step.startsWith('=')) assert.equal(await actor.state(), step.slice(1));
    else if (step.startsWith('>')) await actor.expect(step.slice(1) as Word);
    else {
      const { status, text } = await actor.send(step.replace('!', '') as Word);
      if (step.endsWith('!')) assert.ok(status >= 400 && status < 500 && status !== 404, `${step} was answered ${status} ${text}`);
      else assert.ok(status >= 200 && status < 300, `${step} was answered ${status} ${text}`);
    }
  }
}

describe('the server as provider of a negotiation', { concurrency: 8 }, () => {
  for (const [id, steps, lines] of CN)
    test(`${id} ${steps}`, async () => {
      const cut = network.member('cut');
      const view = { kind: 'item' as const, ids: [await writeItem(cut)], fields: 'whole' as const };
      const { dataset, id: offer } = await cut.client.call('createOffer', { body: { title: id, view, access: { choices: {} }, contract: { choices: {} } } });
      await run(enter({ protocol: 'negotiations', role: 'consumer', peer: cut, about: dataset, offer }, lines), steps);
    });
});

describe('the server as consumer of a negotiation', { concurrency: 8 }, () => {
  for (const [id, steps, lines] of CN_C)
    test(`${id} ${steps}`, async () => {
      const about = id.replaceAll(/\W/g, '');
      const offer = `offer${about}`;
      const actor = enter({ protocol: 'negotiations', role: 'provider', peer: network.member('cut'), about, offer }, lines);
      const known = { ...build.nestedDataset(about, [build.offer(offer, TERMS)], [build.distribution('HttpData-PULL', 'service')]) };
      const { context } = network.server;
      const trigger = async () => {
        const pid = await requestNegotiation(context, house(), { partner: stranger.did, dataset: about, offer }, known);
        await script.opened(context, house(), pid);
      };
      await Promise.all([trigger(), run(actor, steps)]);
    });
});

/** An agreement in force, as if it had been negotiated before. */
async function agreed(id: string, role: 'consumer' | 'provider'): Promise<void> {
  const { did } = house();
  const parties = role === 'provider' ? { assigner: did, assignee: stranger.did } : { assigner: stranger.did, assignee: did };
  const timestamp = new Date().toISOString();
  const document = build.agreement({ id, target: `dataset-${id}`, ...parties, timestamp }, TERMS);
  const about = { protocol: 'negotiation', role, peer: stranger.did, peerPid: newUrn(), peerAddress: stranger.dsp } as const;
  const create = { id: newUrn(), ...about, dataset: `dataset-${id}`, title: id, content: {} };
  const move = { from: null, to: 'FINALIZED', message: 'seed', sender: 'me', agreement: { id, document, signedAt: timestamp } } as const;
  await apply(network.server.context, house(), { create, moves: [move] });
}

describe('the server as provider of a transfer', { concurrency: 8 }, () => {
  for (const [id, steps, lines] of TP)
    test(`${id} ${steps}`, async () => {
      const about = id.replaceAll(/\W/g, '');
      await agreed(about, 'provider');
      await run(enter({ protocol: 'transfers', role: 'consumer', peer: network.member('cut'), about, offer: '' }, lines), steps);
    });
});

describe('the server as consumer of a transfer', { concurrency: 8 }, () => {
  for (const [id, steps, lines] of TP_C)
    test(`${id} ${steps}`, async () => {
      const about = `C${id.replaceAll(/\W/g, '')}`;
      await agreed(about, 'consumer');
      const actor = enter({ protocol: 'transfers', role: 'provider', peer: network.member('cut'), about, offer: '' }, lines);
      const trigger = async () => {
        const { context } = network.server;
        await script.opened(context, house(), await requestTransfer(context, house(), about));
      };
      await Promise.all([trigger(), run(actor, steps)]);
    });
});
