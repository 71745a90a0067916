import { Inject, Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { Agreements } from '../agreements.service.js';
import { Courses } from '../courses.service.js';
import { Goals } from '../goals.service.js';
import type { GoalView } from '../goals.views.js';
import { Judgements } from '../../actions/judgements/judgements.service.js';
import { Measurements } from '../measurements.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { type FieldSpec, filled, folded, formOf, type Option } from '../../web/fields.rules.js';
import type { Fields, FormProblem } from '../../web/forms.js';
import { cell, tableOfRows } from '../../web/tables.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { inNumbers, lightOf } from './course-words.rules.js';
import { GOAL_KIND_WORDS, goalFields, goalValues } from './goal-form.rules.js';
import { AGREE, COURSE, JUDGE, JUDGEMENT_WORDS, LINE, MEASURE, partyField } from './goal-parts.rules.js';

export const GOALS = '/doelen';
const ALL = { page: 1, pageSize: 200 };

/** A form below a goal that was not taken. */
export interface TriedPart {
  part: 'meting' | 'koers' | 'instemming' | 'oordeel' | 'regel';
  fields: Fields;
  problem: FormProblem;
}

/** A goal with everything below it. */
@Injectable()
export class GoalPages {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly goals: Goals,
    private readonly agreements: Agreements,
    private readonly measurements: Measurements,
    private readonly courses: Courses,
    private readonly judgements: Judgements,
    private readonly organisations: Organisations,
  ) {}

  get fields(): FieldSpec[] {
    return goalFields(this.settings.WIJKAGENDA_THEMES.split(';'));
  }

  async edit(id: string, caller: Caller, typed?: Fields, problem?: FormProblem) {
    const goal = await this.goals.read(id, caller);
    const specs = [...this.fields, { name: 'version', label: '', type: 'hidden' as const }];
    const values = { ...goalValues(goal), ...typed, version: String(goal.version) };
    return {
      title: `${goal.title} wijzigen`,
      back: { href: `${GOALS}/${id}`, label: goal.title },
      problem,
      form: formOf(`${GOALS}/${id}/wijzigen`, 'Opslaan', filled(specs, values, problem)),
    };
  }

  async view(id: string, caller: Caller, tried?: TriedPart | { part: null; problem: FormProblem }) {
    const goal = await this.goals.read(id, caller);
    const [check, agreements, measurements, course, judgements, lines, parties] = await Promise.all([
      this.goals.smartCheck(id, caller),
      this.agreements.list(id, ALL, caller),
      this.measurements.list(id, ALL, caller),
      this.courses.read(id, caller),
      this.judgements.list(id, ALL, caller),
      this.judgements.lines(id, ALL, caller),
      this.partiesOf(caller),
    ]);
    const may = (permission: 'goals.write' | 'goals.agree' | 'goals.judge') =>
      isPermittedIn(caller, permission, goal.areaId);
    const form = (part: TriedPart['part'], words: string, submit: string, specs: FieldSpec[], stored: Fields = {}) => {
      const own = tried?.part === part ? tried : undefined;
      const fields = filled(specs, own ? own.fields : stored, own?.problem, `${part}-`);
      return folded(formOf(`${GOALS}/${id}/${part}`, submit, fields), words, own !== undefined);
    };
    const ofParty = partyField(parties);
    return {
      title: goal.title,
      back: { href: `/wijkagenda?area=${goal.areaId}`, label: `Wijkagenda ${goal.areaName}` },
      problem: tried?.problem,
      label: goal.label,
      light: goal.label ? null : lightOf(goal.course),
      hasProgress: goal.progress !== null,
      progress: goal.progress,
      text: goal.endResult ?? goal.description,
      facts: factsOf(goal),
      isDraft: goal.state === 'draft',
      mayWrite: may('goals.write'),
      mayActivate: may('goals.write') && goal.state === 'draft',
      id,
      version: goal.version,
      isSmart: check.isSmart,
      letters: check.letters.map(({ letter, holds, reason }) => ({ letter, holds, reason })),
      sections: [
        {
          title: 'Metingen',
          text: measurements.items.length === 0 ? 'Niet gemeten. Dat is iets anders dan nul.' : null,
          table: tableOfRows(
            'Metingen',
            ['Dag', 'Waarde', 'Bron'],
            measurements.items
              .filter(({ isCurrent }) => isCurrent)
              .map((one) => [
                cell(inDutch(one.measuredOn)),
                cell(`${inNumbers(one.value)} ${goal.unit ?? ''}`),
                cell(one.source),
              ]),
          ),
          form: may('goals.write')
            ? form('meting', 'Meting toevoegen', 'Meting opslaan', MEASURE, { measuredOn: caller.today })
            : null,
        },
        ...(goal.state === 'active'
          ? [
              {
                title: 'Koers',
                text: `Voorstel: ${lightOf(course.proposed).words}. ${course.reason}`,
                table: tableOfRows(
                  'Eerdere besluiten over de koers',
                  ['Dag', 'Koers', 'Oorzaak', 'Gevolg', 'Maatregel', 'Partijen'],
                  course.history.map((one) => [
                    cell(inDutch(one.decidedOn)),
                    cell(lightOf(one.course).words),
                    cell(one.cause),
                    cell(one.consequence),
                    cell(one.measure),
                    cell(one.partiesView),
                  ]),
                ),
                form: may('goals.write')
                  ? form('koers', 'Koers bepalen', 'Koers vastleggen', COURSE, {
                      course: course.proposed === 'grey' ? '' : course.proposed,
                    })
                  : null,
              },
            ]
          : []),
        {
          title: 'Wie instemt',
          text: agreements.items.length === 0 ? 'Nog niemand heeft geantwoord.' : null,
          table: tableOfRows(
            'Antwoorden van de partijen',
            ['Organisatie', 'Antwoord', 'Toelichting', 'Dag'],
            agreements.items
              .filter(({ isCurrent }) => isCurrent)
              .map((one) => [
                cell(one.organisationName),
                cell(one.agrees ? 'stemt in' : 'stemt niet in'),
                cell(one.comment),
                cell(inDutch(one.answeredOn)),
              ]),
          ),
          form: may('goals.agree')
            ? form('instemming', 'Antwoord geven', 'Antwoord opslaan', [...AGREE, ...ofParty])
            : null,
        },
        {
          title: 'Is het gelukt, volgens u?',
          text: judgements.items.length === 0 ? 'Nog niemand gaf een oordeel.' : null,
          table: tableOfRows(
            'Oordelen van de partijen',
            ['Organisatie', 'Oordeel', 'Toelichting', 'Dag'],
            judgements.items
              .filter(({ isCurrent }) => isCurrent)
              .map((one) => [
                cell(one.organisationName),
                cell(JUDGEMENT_WORDS[one.judgement]),
                cell(one.comment),
                cell(inDutch(one.judgedOn)),
              ]),
          ),
          form:
            may('goals.judge') && goal.state === 'active' && parties.length > 0
              ? form('oordeel', 'Oordeel geven', 'Oordeel opslaan', [...JUDGE, ...ofParty])
              : null,
        },
        {
          title: 'Wat partijen erover schrijven',
          text: null,
          table: tableOfRows(
            'Regels van de partijen',
            ['Dag', 'Organisatie', 'Regel'],
            lines.items.map((one) => [cell(inDutch(one.writtenOn)), cell(one.organisationName), cell(one.text)]),
          ),
          form:
            may('goals.judge') && parties.length > 0
              ? form('regel', 'Regel schrijven', 'Regel toevoegen', [...LINE, ...ofParty])
              : null,
        },
      ],
    };
  }

  private async partiesOf({ memberOfIds }: Caller): Promise<Option[]> {
    const found = await Promise.all(memberOfIds.map((id) => this.organisations.read(id)));
    return found.map(({ id, name }) => ({ value: id, label: name }));
  }
}

function factsOf(goal: GoalView) {
  const unit = goal.unit ?? '';
  const facts = [{ term: 'Soort', text: GOAL_KIND_WORDS[goal.kind].split(':')[0] }];
  const add = (term: string, text: string | null | false): void => {
    if (text) facts.push({ term, text });
  };
  add('Thema', goal.theme);
  add('Gemeten aan', goal.indicator);
  add('Was', goal.baseline !== null && `${inNumbers(goal.baseline)} ${unit}`);
  add('Streefwaarde', goal.target !== null && `${inNumbers(goal.target)} ${unit}`);
  const last = goal.lastMeasurement;
  add('Laatste meting', last ? `${inNumbers(last.value)} ${unit} op ${inDutch(last.measuredOn)}` : 'niet gemeten');
  add('Periode', goal.startsOn && goal.endsOn && `${inDutch(goal.startsOn)} tot en met ${inDutch(goal.endsOn)}`);
  return facts;
}
