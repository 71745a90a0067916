import type { Fields } from '../../web/forms.js';

export const toThemes = ({ themes = '' }: Fields): string[] =>
  themes
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
