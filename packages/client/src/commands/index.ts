import type { Command } from '../cli/context.ts';
import { catalog } from './catalog.ts';
import { footprint } from './footprint.ts';
import { importFile } from './import.ts';
import { negotiate } from './negotiate.ts';
import { offer } from './offer.ts';
import { participant } from './participant.ts';
import { passport } from './passport.ts';
import { policy } from './policy.ts';
import { pull } from './pull.ts';
import { start } from './start.ts';
import { template } from './template.ts';

export const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  participant,
  import: importFile,
  template,
  offer,
  catalog,
  negotiate,
  pull,
  footprint,
  passport,
  policy,
};
