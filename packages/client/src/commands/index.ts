import type { Command } from '../cli/context.ts';
import { catalog, search } from './catalog.ts';
import { exchange } from './exchange.ts';
import { file } from './file.ts';
import { footprint } from './footprint.ts';
import { importFile } from './import.ts';
import { letters } from './letters.ts';
import { negotiate } from './negotiate.ts';
import { offer } from './offer.ts';
import { participant } from './participant.ts';
import { partner } from './partner.ts';
import { passport } from './passport.ts';
import { policy } from './policy.ts';
import { pull } from './pull.ts';
import { service } from './service.ts';
import { start } from './start.ts';
import { subscribe } from './subscribe.ts';
import { template } from './template.ts';

export const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  participant,
  import: importFile,
  template,
  file,
  service,
  offer,
  partner,
  catalog,
  search,
  negotiate,
  pull,
  subscribe,
  exchange,
  letters,
  footprint,
  passport,
  policy,
};
