import type { AreaKind } from './area.entity.js';

/** What the kinds of area are called, on pages and in tables. */
export const AREA_KIND_WORDS: Record<AreaKind, string> = {
  municipality: 'gemeente',
  team: 'team',
  wijk: 'wijk',
  kern: 'kern',
  buurt: 'buurt',
};
