import { BadRequestException } from '@nestjs/common';
import { type FieldError, invalid } from '../../platform/common/problems.js';
import { CreateOrganisationDto } from '../../directory/organisations/organisations.dto.js';
import { type Fields, toInput } from '../../web/forms.js';

/** In the place of an organisation's id: one that is not there yet. */
export const NEW_ORGANISATION = 'nieuw';
/** The fields of a form for a new organisation, beside those of whom it comes with. */
const OWN_FIELDS: Record<string, string> = { name: 'newName', kind: 'newKind' };

/** The organisation a form asks to make; undefined when it names one that is there. Throws the 400 of the API for its fields. */
export function newOrganisationIn(chosen: string | undefined, { newName, newKind }: Fields) {
  if (chosen !== NEW_ORGANISATION) return undefined;
  try {
    return toInput(CreateOrganisationDto, { name: newName, kind: newKind });
  } catch (error) {
    throw invalid(errorsOf(error).map((one) => ({ ...one, field: OWN_FIELDS[one.field] ?? one.field })));
  }
}

/** What both read out of one form, or everything that either finds wrong. */
export function together<One, Other>(one: () => One, other: () => Other): [One, Other] {
  const wrong: FieldError[] = [];
  const rejected = [one, other].map((read) => {
    try {
      return read();
    } catch (error) {
      return void wrong.push(...errorsOf(error));
    }
  });
  if (wrong.length > 0) throw invalid(wrong);
  return rejected as [One, Other];
}

function errorsOf(error: unknown): FieldError[] {
  if (!(error instanceof BadRequestException)) throw error;
  return (error.getResponse() as { errors?: FieldError[] }).errors ?? [];
}
