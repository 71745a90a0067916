import type { Block, FigureTable } from './blocks.js';

/** Blocks as input of `platform/partials/blocks`: those for the screen; table cells carry their column's label. */
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
