import type { FieldError } from '../../platform/common/problems.js';

/** An opgave has at least two departments, each once, one of them the lead. */
export function departmentViolations(
  departments: readonly { organisationId: string; isLead: boolean }[],
): FieldError[] {
  const violations: FieldError[] = [];
  const isTwice = new Set(departments.map(({ organisationId }) => organisationId)).size < departments.length;
  if (departments.length < 2)
    violations.push({ field: 'departments', message: 'departments must contain at least two' });
  if (isTwice) violations.push({ field: 'departments', message: 'departments must contain each department once' });
  if (departments.filter(({ isLead }) => isLead).length !== 1) {
    violations.push({ field: 'departments', message: 'departments must have one lead' });
  }
  return violations;
}

/** The confirmation of a department is kept as long as its part does not change. */
export function confirmationAfter(
  before: { part: string; confirmedOn: string | null; confirmedById: string | null } | undefined,
  part: string,
): { confirmedOn: string | null; confirmedById: string | null } {
  if (!before || before.part !== part) return { confirmedOn: null, confirmedById: null };
  return { confirmedOn: before.confirmedOn, confirmedById: before.confirmedById };
}
