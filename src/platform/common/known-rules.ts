import { getMetadataStorage } from 'class-validator';

let areKept = false;

/**
 * Keeps the rules of each DTO class once they are gathered. class-validator gathers them anew for every object that it
 * checks, through all classes of the service: a twentieth of the time of a list. Only where no groups are asked for.
 */
export function keepKnownRules(): void {
  if (areKept) return;
  areKept = true;
  const storage = getMetadataStorage();
  const gather = storage.getTargetValidationMetadatas.bind(storage);
  const known = new WeakMap<object, ReturnType<typeof gather>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (schema || always || strictGroups || groups?.length) return gather(target, schema, always, strictGroups, groups);
    let rules = known.get(target);
    if (!rules) known.set(target, (rules = gather(target, schema, always, strictGroups, groups)));
    return rules;
  };
}
