import type { Block, FigureTable } from './blocks.js';

/** Blocks as `platform/partials/blocks` draws them: those of a screen, and each cell of a table with what its column says. */
export function toHtmlBlocks(blocks: readonly Block[]): object[] {
  return blocks
    .filter(({ only }) => only !== 'paper')
    .map((block) => (block.kind === 'figures' ? { ...block, rows: rowsOf(block) } : block));
}

const rowsOf = ({ columns, rows }: FigureTable) =>
  rows.map((row) => {
    const [head, ...cells] = row.map((cell, index) => ({
      ...cell,
      kind: columns[index].kind,
      label: columns[index].label,
    }));
    return { head, cells };
  });
