const AROUND = 2;
/** More differences than this in one file are reported as a whole, without minimising them. */
const MOST = 2000;

/** The differences between two texts as the lines of a unified diff: `-` before, `+` after, with a few lines of context. */
export function changesIn(old, recent) {
  let start = 0;
  while (start < old.length && start < recent.length && old[start] === recent[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < recent.length - start && old.at(-1 - end) === recent.at(-1 - end)) end += 1;
  const middle = steps(old.slice(start, old.length - end), recent.slice(start, recent.length - end));
  const all = [
    ...old.slice(0, start).map((line) => [' ', line]),
    ...middle,
    ...old.slice(old.length - end).map((line) => [' ', line]),
  ];
  return inContext(all);
}

/** Myers' shortest edit script from one list of lines to the other. */
function steps(old, recent) {
  const longest = Math.min(old.length + recent.length, MOST);
  const trail = [];
  let reach = new Map([[1, 0]]);
  for (let edits = 0; edits <= longest; edits += 1) {
    trail.push(new Map(reach));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const [left, right] = [reach.get(diagonal - 1) ?? -1, reach.get(diagonal + 1) ?? -1];
      let at = diagonal === -edits || (diagonal !== edits && left < right) ? right : left + 1;
      while (at < old.length && at - diagonal < recent.length && old[at] === recent[at - diagonal]) at += 1;
      reach.set(diagonal, at);
      if (at >= old.length && at - diagonal >= recent.length) return wayBack(trail, old, recent);
    }
  }
  return [...old.map((line) => ['-', line]), ...recent.map((line) => ['+', line])];
}

function wayBack(trail, old, recent) {
  const found = [];
  let [at, to] = [old.length, recent.length];
  for (let edits = trail.length - 1; edits >= 0; edits -= 1) {
    const reach = trail[edits];
    const diagonal = at - to;
    const [left, right] = [reach.get(diagonal - 1) ?? -1, reach.get(diagonal + 1) ?? -1];
    const before = diagonal === -edits || (diagonal !== edits && left < right) ? diagonal + 1 : diagonal - 1;
    const [beforeAt, beforeTo] = [reach.get(before) ?? 0, (reach.get(before) ?? 0) - before];
    while (at > beforeAt && to > beforeTo && at > 0 && to > 0) {
      found.push([' ', old[at - 1]]);
      at -= 1;
      to -= 1;
    }
    if (edits === 0) break;
    if (at === beforeAt) found.push(['+', recent[to - 1]]);
    else found.push(['-', old[at - 1]]);
    [at, to] = [beforeAt, beforeTo];
  }
  return found.reverse();
}

/** Only the changes, with context; `@` says where they are. */
function inContext(all) {
  const isNear = all.map(() => false);
  all.forEach(([kind], index) => {
    if (kind === ' ') return;
    for (let near = index - AROUND; near <= index + AROUND; near += 1)
      if (near >= 0 && near < all.length) isNear[near] = true;
  });
  const lines = [];
  let number = 0;
  all.forEach(([kind, line], index) => {
    if (kind !== '+') number += 1;
    if (!isNear[index]) return;
    if (index === 0 || !isNear[index - 1]) lines.push({ shown: `@ line ${number}` });
    lines.push({ shown: `${kind}${line}` });
  });
  return lines;
}
