import { api } from './api.ts';
import { configuration } from './configuration.ts';
import { errors } from './errors.ts';
import type { Page } from './markdown.ts';
import { policies } from './policies.ts';
import { states } from './states.ts';

/** Every page of docs/reference. */
export const PAGES: readonly Page[] = [configuration, errors, states, policies, api];
