import { useWords } from '../language.tsx';
import { Go } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Page } from '../parts/page.tsx';

export function NotFound() {
  const { errors } = useWords();
  return (
    <Page title={errors.notFoundTitle}>
      <Empty text={errors.notFound}>
        <Go href="/">{errors.goHome}</Go>
      </Empty>
    </Page>
  );
}
