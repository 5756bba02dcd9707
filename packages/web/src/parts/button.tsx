import type { ReactNode } from 'react';
import { Button as Base, type ButtonProps, Link, type LinkProps } from 'react-aria-components';
import './button.css';

type Weight = 'main' | 'plain' | 'quiet' | 'grave';

interface Props extends Omit<ButtonProps, 'className' | 'children'> {
  weight?: Weight;
  children: ReactNode;
}

/** `main` is the next step and stands once on a page; `grave` cannot be undone. */
export function Button({ weight = 'plain', ...rest }: Props) {
  return <Base {...rest} className={`button ${weight}`} />;
}

interface GoProps extends Omit<LinkProps, 'className' | 'children'> {
  weight?: Weight;
  children: ReactNode;
}

/** A link that looks like the step that it leads to. */
export function Go({ weight = 'plain', ...rest }: GoProps) {
  return <Link {...rest} className={`button ${weight}`} />;
}
