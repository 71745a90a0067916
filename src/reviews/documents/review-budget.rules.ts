import { centsOf, euros } from '../../budget/money.rules.js';
import { type Block, cells, column, heading, plain, sentence } from '../../platform/documents/blocks.js';
import { capital } from '../../platform/rendering/text.js';
import type { ReviewView } from '../reviews.dto.js';

const money = (amount: string): string => euros(centsOf(amount));

/** What the leefbaarheidsbudget was spent on; nothing if no area has one. */
export function budgetBlocks({ figures: { budget } }: ReviewView): Block[] {
  if (budget.budgets === 0) return [];
  const { available, granted, left, spent, initiatives, accountedFor, themes } = budget;
  const given = initiatives === 1 ? '1 initiatief' : `${initiatives} initiatieven`;
  const rest = centsOf(left) < 0 ? `dat is ${euros(-centsOf(left))} meer dan er was` : `${money(left)} is over`;
  const words =
    initiatives === 0
      ? `Van de ${money(available)} is nog niets toegekend.`
      : `Van de ${money(available)} is ${money(granted)} toegekend aan ${given}; ${rest}. Uitgegeven is ${money(spent)}. Verantwoord: ${accountedFor} van de ${initiatives}.`;
  return [
    heading('Leefbaarheidsbudget'),
    sentence(plain(words)),
    ...(themes.length === 0
      ? []
      : [
          {
            kind: 'figures' as const,
            narrow: 'pairs' as const,
            caption: 'Leefbaarheidsbudget per thema',
            columns: [
              column('Thema', 'text'),
              column('Initiatieven'),
              column('Toegekend'),
              column('Uitgegeven'),
              column('Verantwoord'),
            ],
            rows: themes.map((one) =>
              cells(
                one.theme === null ? 'Geen thema' : capital(one.theme),
                one.initiatives,
                money(one.granted),
                money(one.spent),
                `${one.accountedFor} van ${one.initiatives}`,
              ),
            ),
          },
        ]),
  ];
}
