import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { startApp } from './support/app.js';

type Method = 'get' | 'post' | 'put' | 'patch';
interface Said {
  operations: [Method, string][];
  english: string[];
  manual: string[];
  /** A sentence at the place where the question arises, in a template or words.ts. */
  page: [file: string, sentence: string];
}

/** Users' questions, and the sentences that answer them: for developers, in the manual, and on the page. */
const SAID: Record<string, Said> = {
  'which agenda items may stay empty at closing': {
    operations: [['put', '/sessions/{id}/closing']],
    english: [
      'A topic needs notes, a decision or an action, unless it is marked `not_discussed` or `adjourned`.',
      'Items of any other kind (`opening`, `minutes`, `actions`, `any_other_business`, `closing`) may stay empty; topics may too in a meeting with the minutes form `decisions_and_actions`.',
    ],
    manual: [
      'Een onderwerp heeft een notitie, een besluit of een actie nodig, of staat op **niet besproken** of **doorgeschoven**.',
      'Opening, verslag vorige keer, actielijst, rondvraag en sluiting mogen leeg blijven. Heeft het overleg een kort verslag, dan mogen onderwerpen dat ook.',
    ],
    page: [
      'templates/sessions/partials/desk/closing.html.hbs',
      'Opening, verslag, actielijst, rondvraag en sluiting mogen leeg blijven.',
    ],
  },
  'what counts as a postponement': {
    operations: [['post', '/actions/{id}/updates']],
    english: [
      'Moving the deadline to a later date, or from a date to none, counts as a postponement and needs a reason.',
      'An earlier date, a first date, a date that follows the next session, and a change in the session of origin on the day of recording do not count.',
    ],
    manual: [
      'Een latere datum, of geen datum meer, telt als uitgesteld; u schrijft erbij waarom.',
      'Een eerdere datum, een eerste datum, "volgend overleg" dat meegaat met een verplaatste vergadering, en een wijziging in de vergadering zelf, op de dag waarop de actie is vastgelegd, tellen niet.',
    ],
    page: ['src/actions/words.ts', 'Een latere datum telt als uitgesteld.'],
  },
  'that co-owners get the digest': {
    operations: [['get', '/digests/preview']],
    english: ['An action is included in the digest of its owner and of each co-owner.'],
    manual: ['Een gezamenlijke actie staat in het weekbericht van de actiehouder en van ieder met wie dat samen gaat.'],
    page: ['templates/sessions/partials/understood.html.hbs', 'Ook zij krijgen de actie in hun weekbericht.'],
  },
  'that mail needs a contact, not a membership': {
    operations: [
      ['post', '/contacts'],
      ['post', '/people/{id}/memberships'],
    ],
    english: [
      "Mail about an action goes to the owner's person if one is named, otherwise to the contact of the organisation in the area, otherwise to its general contact; being a member brings no mail.",
    ],
    manual: [
      'Mail over een actie gaat naar de persoon die erbij staat, en anders naar de contactpersoon van de organisatie in dat gebied of naar haar algemene contactpersoon. Lid zijn van een organisatie is niet genoeg.',
    ],
    page: [
      'src/administration/pages/contact-pages.controller.ts',
      'Lid zijn van een organisatie is daarvoor niet genoeg.',
    ],
  },
  'why a chair records a confidential action only as a party': {
    operations: [
      ['post', '/actions'],
      ['post', '/sessions/{id}/actions'],
    ],
    english: [
      "The parties of a confidential action include the owner, the co-owners and the caller's own organisation: for anyone else the action does not exist, so a chair who is not a party could not read, change or follow it.",
    ],
    manual: [
      'Een vertrouwelijk punt of een vertrouwelijke actie bestaat alleen voor de organisaties die u aanwijst, en uw eigen organisatie hoort daarbij. Zou zij er niet bij horen, dan kon u wat u opschrijft zelf niet meer lezen of bijhouden.',
    ],
    page: [
      'templates/sessions/partials/item-new.html.hbs',
      'Uw eigen organisatie hoort erbij, anders kunt u het zelf niet meer lezen.',
    ],
  },
  'what on hold past the deadline does': {
    operations: [['post', '/actions/{id}/updates']],
    english: [
      'On hold, an action is never overdue. From its resume date it reads as open and its deadline counts again; a resume date after the deadline leaves the deadline as it is, counts as a postponement, and makes the action overdue from the resume date.',
    ],
    manual: [
      'Een actie die wacht is niet te laat en staat niet in het weekbericht. Vanaf de dag waarop zij weer begint, is zij weer open en telt haar datum weer. Ligt die dag na de afgesproken datum, dan telt dat als uitgesteld; de datum zelf blijft staan, dus de actie is dan meteen te laat.',
    ],
    page: ['src/actions/words.ts', 'Wachten tot na de afgesproken datum ook.'],
  },
};

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe.each(Object.entries(SAID))('it is said %s', (_, { operations, english, manual, page: [file, sentence] }) => {
  it.each(operations)('to programmers, at %s %s', (method, path) => {
    for (const one of english) expect(document.paths[path][method]!.description).toContain(one);
  });
  it('in the manual', () => {
    for (const one of manual) expect(flat(readFileSync('docs/handleiding.md', 'utf8'))).toContain(one);
  });
  it('on the page where the question arises', () => {
    expect(flat(readFileSync(file, 'utf8'))).toContain(sentence);
  });
});

let document: OpenAPIObject;
beforeAll(async () => {
  const { api } = await startApp('sqlite');
  document = (await api.get('/v1/openapi.json').expect(200)).body as OpenAPIObject;
});
