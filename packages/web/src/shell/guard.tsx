import { Component, type ReactNode } from 'react';
import { useWords } from '../language.tsx';
import { Empty } from '../parts/empty.tsx';

/** A page that cannot be drawn says so instead of staying blank. */
export class Guard extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  return (
    <main>
      <Empty text={useWords().errors.broke} />
    </main>
  );
}
