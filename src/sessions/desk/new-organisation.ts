import { BadRequestException } from '@nestjs/common';
import { type FieldError, invalid } from '../../platform/common/problems.js';
import { CreateOrganisationDto } from '../../directory/organisations/organisations.dto.js';
import { type Fields, toInput } from '../../web/forms.js';

/** Takes the place of an organisation's id: a new organisation. */
export const NEW_ORGANISATION = 'nieuw';
/** The fields of a form for a new organisation, which is part of the form of its person or action. */
const OWN_FIELDS: Record<string, string> = { name: 'newName', kind: 'newKind' };

/**
 * The new organisation requested by a form; undefined if an existing one was chosen. Throws the API's 400 for its
 * fields.
 */
export function newOrganisationIn(chosen: string | undefined, { newName, newKind }: Fields) {
  if (chosen !== NEW_ORGANISATION) return undefined;
  try {
    return toInput(CreateOrganisationDto, { name: newName, kind: newKind });
  } catch (error) {
    throw invalid(errorsOf(error).map((one) => ({ ...one, field: OWN_FIELDS[one.field] ?? one.field })));
  }
}

/** Reads two parts of one form; throws the errors of both. */
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
