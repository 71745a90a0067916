import type { Publication, PublishedRow } from './publication.service.js';
import type { PublicView } from './wijkagenda-document.rules.js';

export const PUBLIC_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000601',
  area: 'Boskoop',
  label: 'Dorpsagenda',
  year: 2026,
  state: 'adopted',
  introduction: 'Dit doen wij in 2026 samen in Boskoop.',
  adoptedOn: '2026-01-20',
  publishedAt: '2026-01-21T09:00:00.000Z',
  goals: [
    {
      title: 'Verslag binnen veertien dagen',
      kind: 'process',
      theme: 'participatie',
      label: null,
      description: 'Elk verslag van het professionaloverleg gaat binnen veertien dagen naar de deelnemers.',
      endResult: 'Iedereen weet op tijd wat er is afgesproken.',
      indicator: 'verslagen die binnen veertien dagen zijn verstuurd',
      unit: 'procent',
      target: 90,
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      course: 'green',
      progress: 50,
      lastMeasurement: { measuredOn: '2026-06-02', value: 65 },
    },
  ],
  themes: [
    {
      theme: 'voorzieningen',
      actions: [
        {
          number: 'BOS-12',
          what: 'Skatebaan opknappen',
          organisation: 'Beheer openbare ruimte',
          dueKind: 'date',
          dueOn: '2026-10-01',
          status: 'in_progress',
          result: null,
        },
      ],
    },
  ],
} satisfies PublicView;

export const PUBLISHED_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000601',
  area: 'Boskoop',
  label: 'Dorpsagenda',
  year: 2026,
  publishedAt: '2026-01-21T09:00:00.000Z',
} satisfies PublishedRow;

export const PUBLICATION_EXAMPLE = {
  wijkagendaId: '019300a0-0000-7000-8000-000000000601',
  publishedAt: '2026-01-21T09:00:00.000Z',
  version: 4,
};

export const FEED_EXAMPLE = {
  self: 'https://wijkagenda.example/v1/public/feed',
  title: "Wijkagenda's van Gemeente",
  author: 'Gemeente',
  updated: '2026-01-21T09:00:00.000Z',
  entries: [
    {
      url: 'https://wijkagenda.example/v1/public/wijkagendas/019300a0-0000-7000-8000-000000000601',
      title: 'Dorpsagenda Boskoop 2026',
      updated: '2026-01-21T09:00:00.000Z',
      summary: 'De dorpsagenda van Boskoop voor 2026.',
    },
  ],
} satisfies Awaited<ReturnType<Publication['feed']>>;
