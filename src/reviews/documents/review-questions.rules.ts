import { type Block, heading, plain, sentence } from '../../platform/documents/blocks.js';
import type { ReviewView } from '../reviews.dto.js';

const counted = (count: number): string => (count === 1 ? '1 vraag' : `${count} vragen`);

/** The questions asked and their outcomes; nothing if there were none. */
export function questionBlocks({ figures: { questions } }: ReviewView): Block[] {
  const { asked, answered, answeredInTime, takenUp } = questions;
  if (asked === 0) return [];
  const words = `Gesteld: ${counted(asked)}. Met een uitkomst: ${answered}, waarvan op tijd: ${answeredInTime}. Opgepakt als agendapunt, actie of initiatief: ${takenUp}.`;
  return [heading('Vragen'), sentence(plain(words))];
}
