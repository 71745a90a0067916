import { getMetadataStorage } from 'class-validator';

let areKept = false;

/**
 * Caches the validation rules of each DTO class, and these by field. class-validator otherwise collects them for every object it
 * validates, across all classes of the service: 5 % of the time of a list. Applies only when no groups are given.
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
  const group = storage.groupByPropertyName.bind(storage);
  const grouped = new WeakMap<object, ReturnType<typeof group>>();
  storage.groupByPropertyName = (rules) => {
    let byField = grouped.get(rules);
    if (!byField) grouped.set(rules, (byField = group(rules)));
    return byField;
  };
}
