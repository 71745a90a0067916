import type { FieldError } from '../../platform/common/problems.js';

/** An opgave is of at least two departments, each once, one of them the lead. */
export function departmentFlaws(departments: readonly { organisationId: string; isLead: boolean }[]): FieldError[] {
  const flaws: FieldError[] = [];
  const isTwice = new Set(departments.map(({ organisationId }) => organisationId)).size < departments.length;
  if (departments.length < 2) flaws.push({ field: 'departments', message: 'departments must be at least two' });
  if (isTwice) flaws.push({ field: 'departments', message: 'departments must name each department once' });
  if (departments.filter(({ isLead }) => isLead).length !== 1) {
    flaws.push({ field: 'departments', message: 'departments must have one lead' });
  }
  return flaws;
}

/** The day a department confirmed stays as long as its part stays the same. */
export function confirmationAfter(
  before: { part: string; confirmedOn: string | null; confirmedById: string | null } | undefined,
  part: string,
): { confirmedOn: string | null; confirmedById: string | null } {
  if (!before || before.part !== part) return { confirmedOn: null, confirmedById: null };
  return { confirmedOn: before.confirmedOn, confirmedById: before.confirmedById };
}
