import type { Fields, FormProblem } from './forms.js';

export interface Option {
  value: string;
  label: string;
}

/** One input of a form with its label and hints. */
export interface FieldSpec {
  name: string;
  label: string;
  type: 'line' | 'email' | 'date' | 'time' | 'number' | 'prose' | 'choice' | 'check' | 'hidden';
  hint?: string;
  /** The options; for a text or address field the browser's suggestions. */
  options?: readonly Option[];
  isRequired?: boolean;
  maximum?: number;
  autocomplete?: string;
  /** The options of a choice in the same form that it belongs to: shown with those only, by a rule in forms.css. */
  onlyWith?: readonly string[];
}

/** The names of the fields that may not stay empty. */
export const requiredIn = (specs: readonly FieldSpec[]): string[] =>
  specs.filter(({ isRequired }) => isRequired).map(({ name }) => name);

const isEmpty = ({ value }: Option): boolean => value === '';

type FormField = ReturnType<typeof toField>;

function toField(spec: FieldSpec, value: string, error: string | undefined, prefix: string) {
  const id = prefix + spec.name;
  const described = [spec.hint && `${id}-hulp`, error && `${id}-fout`].filter(Boolean).join(' ');
  const isText = ['line', 'email', 'date', 'time', 'number'].includes(spec.type);
  return {
    id,
    name: spec.name,
    label: spec.label,
    value,
    hint: spec.hint ?? null,
    error: error ?? null,
    describedBy: described || null,
    isRequired: spec.isRequired === true,
    onlyWith: (!error && spec.onlyWith?.join(' ')) || null,
    mayStayEmpty: spec.isRequired !== true && (spec.type !== 'choice' || (spec.options ?? []).some(isEmpty)),
    maximum: spec.maximum ?? (spec.type === 'prose' ? 10_000 : 200),
    autocomplete: spec.autocomplete ?? 'off',
    inputType: isText ? (spec.type === 'line' || spec.type === 'number' ? 'text' : spec.type) : null,
    inputMode: spec.type === 'number' ? 'decimal' : null,
    isProse: spec.type === 'prose',
    isChoice: spec.type === 'choice',
    isCheck: spec.type === 'check',
    isHidden: spec.type === 'hidden',
    isChecked: spec.type === 'check' && value !== '',
    listId: isText && spec.options ? `${id}-lijst` : null,
    options: (spec.options ?? []).map((option) => ({ ...option, isChosen: option.value === value })),
  };
}

/** The inputs with their typed or stored values and violations. `prefix` keeps ids of several forms on a page apart. */
export function filled(specs: readonly FieldSpec[], values: Fields, problem?: FormProblem, prefix = ''): FormField[] {
  return specs.map((spec) => toField(spec, values[spec.name] ?? '', problem?.byField[spec.name], prefix));
}

/** A form as rendered by its partial. */
export interface FormBlock {
  action: string;
  submit: string;
  fields: FormField[];
  /** Styled as destructive, for operations that cannot be undone. */
  isDanger: boolean;
  /** Beside what the page is for, which has its primary button. */
  isAside?: boolean;
  /** The label it is collapsed behind; null when always visible. */
  fold: string | null;
  isOpen: boolean;
  /** Fields that can wait, each group collapsed behind its own label. */
  more: FieldFold[];
}

interface FieldFold {
  summary: string;
  isOpen: boolean;
  fields: FormField[];
}

/** A form that is always visible; `submit` is the word on its button. */
export const formOf = (action: string, submit: string, fields: FormField[], isDanger = false): FormBlock => ({
  ...{ action, submit, fields, isDanger },
  ...{ fold: null, isOpen: true, more: [] },
});

/** The form collapsed behind a label, to keep pages with several forms short; open after a failed attempt. */
export const folded = (form: FormBlock, fold: string, isOpen: boolean): FormBlock => ({ ...form, fold, isOpen });

/** Collapses some fields behind a label; open if one of them is filled in or invalid. */
export function withMore(form: FormBlock, summary: string, isMore: (field: FormField) => boolean): FormBlock {
  const fields = form.fields.filter(isMore);
  return withFold(form, { summary, isOpen: hasError(fields) || fields.some(({ value }) => value !== ''), fields });
}

/** Collapses fields that have a usual value behind a label; open if one of them is invalid. */
export function withUsual(form: FormBlock, summary: string, isUsual: (field: FormField) => boolean): FormBlock {
  const fields = form.fields.filter(isUsual);
  return withFold(form, { summary, isOpen: hasError(fields), fields });
}

/**
 * Collapses some fields behind a label that says how many of them are filled in; open only if one is invalid. For a form
 * that is filled in part by part.
 */
export function withPart(form: FormBlock, label: string, isInPart: (field: FormField) => boolean): FormBlock {
  const fields = form.fields.filter(isInPart);
  const optional = fields.filter(({ mayStayEmpty }) => mayStayEmpty);
  const count = optional.filter(({ value }) => value !== '').length;
  const summary = `${label} (${count === 0 ? 'nog leeg' : `${count} van ${optional.length} ingevuld`})`;
  return withFold(form, { summary, isOpen: hasError(fields), fields });
}

const hasError = (fields: readonly FormField[]): boolean => fields.some(({ error }) => error !== null);

const withFold = (form: FormBlock, fold: FieldFold): FormBlock => ({
  ...form,
  fields: form.fields.filter((field) => !fold.fields.includes(field)),
  more: [...form.more, fold],
});

/** The years of a filter. */
export const yearOptions = (years: readonly number[]): Option[] => [
  { value: '', label: 'alle jaren' },
  ...years.map((year) => ({ value: String(year), label: String(year) })),
];

/** Options from a map of labels: `{ wijk: 'wijk' }`. */
export const optionsOf = (words: Record<string, string>, empty?: string): Option[] => [
  ...(empty === undefined ? [] : [{ value: '', label: empty }]),
  ...Object.entries(words).map(([value, label]) => ({ value, label })),
];
