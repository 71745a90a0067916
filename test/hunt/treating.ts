import { ask, type World } from './world.js';

interface ItemView {
  id: string;
  version: number;
  state: string;
  kind: string;
}

/** What nobody said anything about in an open session was not discussed; otherwise it is seldom closed. */
export async function treat(worlds: readonly World[], session: string): Promise<void> {
  const path = `/v1/sessions/$${session}/agenda-items?pageSize=200`;
  for (const world of worlds) {
    for (const who of ['chair', 'care'] as const) {
      const { items = [] } = (await ask(world, { who, method: 'get', path })).body as { items?: ItemView[] };
      for (const { id, version } of items.filter(({ state, kind }) => kind === 'topic' && state === 'accepted')) {
        const body = { state: 'not_discussed' };
        await ask(world, { who, method: 'patch', path: `/v1/agenda-items/${id}`, body, version });
      }
    }
  }
}
