import { ConflictException } from '@nestjs/common';
import { type FormProblem, problemAsAWhole } from '../../platform/rendering/form-problem.js';

const ALREADY_DECIDED = problemAsAWhole('Er was al een besluit. Dat blijft staan.', 409);
const NOT_NEEDED = problemAsAWhole('Uw besluit is niet meer nodig en is niet opgeslagen.', 409);

/** What the page says if the decision was refused; anything but a conflict is thrown again. */
export function decisionRefusal(error: unknown): FormProblem {
  if (!(error instanceof ConflictException)) throw error;
  return error.errorCode === 'ACTION_FINISHED' ? NOT_NEEDED : ALREADY_DECIDED;
}
