import type { TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { layVillage } from '../support/world.js';

/**
 * Makes villages whose chair invites; names and addresses contain the number of the village, because they belong to one
 * organisation or person.
 */
export function villagesOf(app: () => TestApp) {
  let villages = 0;
  const village = async (how = {}) => {
    const number = (villages += 1);
    const at = (who: string) => `${who}-${number}@stad.example`;
    const contact = { contact: 'here' } as const;
    const found = await layVillage(
      app(),
      {
        gemeente: { organisation: `Gemeente ${number}`, person: 'gebiedsadviseur', chairs: true },
        politie: {
          ...{ organisation: `Politie ${number}`, kind: 'police', person: 'wijkagent', email: at('agent') },
          ...contact,
        },
        habeko: {
          ...{ organisation: `Habeko ${number}`, kind: 'housing', person: 'woonconsulent', email: at('won') },
          ...contact,
        },
        zorg: { organisation: `Zorg ${number}`, kind: 'welfare' },
      },
      { area: await app().make.area(), meeting: how },
    );
    const visitor = await Visitor.of(app(), found.people.gemeente.id);
    return { ...found, number, at, visitor, path: `/overleggen/${found.meeting.id}` };
  };
  const seats = async ({ meeting, tokens }: Awaited<ReturnType<typeof village>>) => {
    const asked = app().api.get(`/v1/meetings/${meeting.id}/invitations`).set('Authorization', tokens.gemeente);
    return (await asked.expect(200)).body.items as {
      organisationName: string;
      personName: string | null;
      role: string;
    }[];
  };
  return { village, seats };
}
