/** Lets at most so many at once through to each place; those who wait take turns by who sends them, so that one with thousands holds up no other. */
export interface Gate {
  /** Resolves when there is room, with what gives it back. */
  enter(place: string, sender: string): Promise<() => void>;
}

interface Place {
  inside: number;
  readonly lines: Map<string, Line>;
}

/** First in, first out; what was taken from the front is cut off now and then. */
interface Line {
  waiting: (() => void)[];
  front: number;
}

export function openGate(most: number): Gate {
  const places = new Map<string, Place>();

  function leave(name: string, place: Place): void {
    const next = take(place);
    if (next) next();
    else if (--place.inside === 0) places.delete(name);
  }

  return {
    async enter(name, sender) {
      const at = places.get(name) ?? { inside: 0, lines: new Map() };
      places.set(name, at);
      if (at.inside < most) at.inside++;
      else await new Promise<void>((resolve) => put(at, sender, resolve));
      return () => leave(name, at);
    },
  };
}

function put({ lines }: Place, sender: string, start: () => void): void {
  const line = lines.get(sender);
  if (line) line.waiting.push(start);
  else lines.set(sender, { waiting: [start], front: 0 });
}

/** The first of the sender whose turn it is, who then stands behind the others. */
function take({ lines }: Place): (() => void) | undefined {
  for (const [sender, line] of lines) {
    const next = line.waiting[line.front++];
    lines.delete(sender);
    if (line.front > 1_000) {
      line.waiting = line.waiting.slice(line.front);
      line.front = 0;
    }
    if (line.front < line.waiting.length) lines.set(sender, line);
    return next;
  }
  return undefined;
}
