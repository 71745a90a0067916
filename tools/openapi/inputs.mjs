import { classesOf, commentOf } from './program.mjs';

/** The comments above the fields of every DTO, by class and field. */
export function inputsOf(sources, checker) {
  const dtos = sources.flatMap(classesOf).filter(({ name }) => name?.text.endsWith('Dto'));
  return Object.fromEntries(
    dtos.map((dto) => {
      const fields = checker.getPropertiesOfType(checker.getTypeAtLocation(dto));
      return [dto.name.text, Object.fromEntries(fields.map((field) => [field.name, commentOf(field, checker)]))];
    }),
  );
}
