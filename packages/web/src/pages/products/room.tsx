import { ImportPage } from './import.tsx';
import { ProductList } from './list.tsx';
import { ProductPage } from './product.tsx';

export function ProductsRoom({ path: [id, tab] }: { path: readonly string[] }) {
  if (!id) return <ProductList />;
  if (id === 'import') return <ImportPage />;
  return <ProductPage key={id} id={id} tab={tab ?? 'overview'} />;
}
