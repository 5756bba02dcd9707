import type { ChainEdge, ChainNode, ChainView } from '@madang/core/api/views.ts';
import { curveBumpX, link } from 'd3-shape';
import { useEffect, useRef } from 'react';
import { Link } from 'react-aria-components';
import { percent } from '../format.ts';
import { useWords } from '../language.tsx';
import { to } from '../router.ts';
import { Badge } from './badge.tsx';
import { LOOK_OF_CHAIN } from './look.ts';
import { type LaidNode, layTiers } from './tier-layout.ts';
import { useWidth } from './use-width.ts';
import { chainWord } from './words.ts';
import './tier-map.css';

const WIDE = 176;
const GAPS = [48, 110] as const;
const PADDING = 42;
const STEP = 104;
const TALL = 84;
const HEAD = 34;

const draw = link<{ from: [number, number]; to: [number, number] }, [number, number]>(curveBumpX)
  .source((e) => e.from)
  .target((e) => e.to);

/** The chain as columns by tier: suppliers left, customers right, edges as wide as their share. */
export function TierMap({ chain, label }: { chain: ChainView; label: string }) {
  const words = useWords();
  const [ref, room] = useWidth<HTMLDivElement>();
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where not everything fits, we stand in the middle; the page itself does not move.
    const box = ref.current;
    if (box && own.current && room > 0) box.scrollLeft = own.current.offsetLeft - (room - WIDE) / 2;
  }, [ref, room]);
  const laid = layTiers(chain.nodes, chain.edges);
  const places = new Map(laid.nodes.map((n) => [n.node.id, n]));
  const count = laid.tiers.length;
  const gap = Math.min(GAPS[1], Math.max(GAPS[0], (room - PADDING - count * WIDE) / Math.max(1, count - 1)));
  const width = count * WIDE + (count - 1) * gap;
  const height = HEAD + laid.rows * STEP;
  const left = (n: LaidNode<ChainNode>) => n.column * (WIDE + gap);
  const top = (n: LaidNode<ChainNode>) => HEAD + n.row * STEP + (STEP - TALL) / 2;
  return (
    // biome-ignore lint/a11y: what scrolls sideways must be reached and named for the keyboard
    <div ref={ref} className="tier-scroll" role="group" aria-label={label} tabIndex={0}>
      <div className="tier-map" style={{ width, height }}>
        <svg width={width} height={height} aria-hidden="true">
          {chain.edges.map((edge) => {
            const from = places.get(edge.from);
            const target = places.get(edge.to);
            if (!from || !target) return null;
            const [a, b] = from.column < target.column ? [from, target] : [target, from];
            return (
              <Edge
                key={`${edge.from} ${edge.to} ${edge.label}`}
                edge={edge}
                from={[left(a) + WIDE, top(a) + TALL / 2]}
                to={[left(b), top(b) + TALL / 2]}
              />
            );
          })}
        </svg>
        {laid.tiers.map((tier, column) => (
          <span key={tier} className="tier-name quiet small" style={{ left: column * (WIDE + gap), width: WIDE }}>
            {words.partners.tierName(tier)}
          </span>
        ))}
        {laid.nodes.map((n) => (
          <div
            key={n.node.id}
            ref={n.node.state === 'self' ? own : undefined}
            className={`tier-node ${LOOK_OF_CHAIN[n.node.state]} ${n.node.state}`}
            style={{ left: left(n), top: top(n), width: WIDE, height: TALL }}
          >
            <NodeFace node={n.node} />
          </div>
        ))}
      </div>
    </div>
  );
}

function NodeFace({ node }: { node: ChainNode }) {
  const words = useWords();
  const badge = <Badge look={LOOK_OF_CHAIN[node.state]} word={chainWord(words, node)} />;
  if (!node.party) {
    const count = node.products.length > 1 ? words.partners.privateCount(String(node.products.length)) : words.partners.private;
    return <span className="tier-face">{node.products.length > 1 ? <Badge look="private" word={count} /> : badge}</span>;
  }
  return (
    <span className="tier-face">
      {node.state === 'self' ? <strong>{node.party.name}</strong> : <Link href={to('partners', node.party.did)}>{node.party.name}</Link>}
      {badge}
    </span>
  );
}

function Edge({ edge, from, to: end }: { edge: ChainEdge; from: [number, number]; to: [number, number] }) {
  const path = draw({ from, to: end }) ?? '';
  const known = edge.share !== null;
  return (
    <g>
      <path className={known ? 'edge' : 'edge unknown'} d={path} strokeWidth={known ? 1.5 + 12 * (edge.share ?? 0) : 1.2} />
      {edge.share !== null && edge.share >= 0.001 && (
        <text className="edge-share" x={from[0] + 8} y={end[1] < from[1] ? from[1] + 18 : from[1] - 8}>
          {percent(edge.share.toFixed(4))}
        </text>
      )}
    </g>
  );
}
