import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { portable } from './portable.js';

const opgaven = new Table({
  name: 'opgaven',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'areaId', type: 'uuid' },
    { name: 'title', type: 'varchar', length: '200' },
    { name: 'description', type: 'text', isNullable: true },
    { name: 'origin', type: 'text' },
    { name: 'bestuurderId', type: 'uuid' },
    { name: 'procesregisseurId', type: 'uuid' },
    { name: 'startsOn', type: 'date', isNullable: true },
    { name: 'endsOn', type: 'date', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [{ name: 'IDX_32b0b0d03abf218dbdacc3eea6', columnNames: ['areaId'] }],
  foreignKeys: [
    {
      name: 'FK_32b0b0d03abf218dbdacc3eea66',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_fe0af66b43e11491925bc32553c',
      columnNames: ['bestuurderId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_1182437d28996635e8411e0d74d',
      columnNames: ['procesregisseurId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const opgaveDepartments = new Table({
  name: 'opgave_departments',
  columns: [
    { name: 'opgaveId', type: 'uuid', isPrimary: true },
    { name: 'organisationId', type: 'uuid', isPrimary: true },
    { name: 'isLead', type: 'boolean', default: 'false' },
    { name: 'part', type: 'text' },
    { name: 'confirmedOn', type: 'date', isNullable: true },
    { name: 'confirmedById', type: 'uuid', isNullable: true },
  ],
  indices: [{ name: 'IDX_7cade709451281c7c175171db7', columnNames: ['organisationId'] }],
  foreignKeys: [
    {
      name: 'FK_e2240b345964ff5715163632b69',
      columnNames: ['opgaveId'],
      referencedTableName: 'opgaven',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_7cade709451281c7c175171db7a',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_0df32fdc75229a99765c4c33925',
      columnNames: ['confirmedById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const goals = new Table({
  name: 'goals',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'areaId', type: 'uuid' },
    { name: 'kind', type: 'varchar', length: '10' },
    { name: 'state', type: 'varchar', length: '10' },
    { name: 'activatedOn', type: 'date', isNullable: true },
    { name: 'title', type: 'varchar', length: '200' },
    { name: 'theme', type: 'varchar', length: '100', isNullable: true },
    { name: 'opgaveId', type: 'uuid', isNullable: true },
    { name: 'description', type: 'text', isNullable: true },
    { name: 'endResult', type: 'text', isNullable: true },
    { name: 'indicator', type: 'varchar', length: '200', isNullable: true },
    { name: 'unit', type: 'varchar', length: '50', isNullable: true },
    { name: 'target', type: 'double precision', isNullable: true },
    { name: 'direction', type: 'varchar', length: '10', isNullable: true },
    { name: 'source', type: 'varchar', length: '200', isNullable: true },
    { name: 'metric', type: 'text', isNullable: true },
    { name: 'baseline', type: 'double precision', isNullable: true },
    { name: 'baselineOn', type: 'date', isNullable: true },
    { name: 'baselinePlannedOn', type: 'date', isNullable: true },
    { name: 'peopleAsked', type: 'integer', isNullable: true },
    { name: 'peopleAnswered', type: 'integer', isNullable: true },
    { name: 'peopleInFavour', type: 'integer', isNullable: true },
    { name: 'framework', type: 'text', isNullable: true },
    { name: 'budget', type: 'double precision', isNullable: true },
    { name: 'budgetCeiling', type: 'double precision', isNullable: true },
    { name: 'startsOn', type: 'date', isNullable: true },
    { name: 'endsOn', type: 'date', isNullable: true },
    { name: 'courseKind', type: 'varchar', length: '10' },
    { name: 'version', type: 'integer', default: '1' },
  ],
  indices: [
    { name: 'IDX_952d132773b0fb9f8c8b0031eb', columnNames: ['opgaveId'] },
    { name: 'IDX_67edff9171aea8378450184afd', columnNames: ['areaId', 'state'] },
  ],
  foreignKeys: [
    {
      name: 'FK_fb558fde50be11427a4118f458f',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_952d132773b0fb9f8c8b0031eb2',
      columnNames: ['opgaveId'],
      referencedTableName: 'opgaven',
      referencedColumnNames: ['id'],
    },
  ],
});

const goalAgreements = new Table({
  name: 'goal_agreements',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'goalId', type: 'uuid' },
    { name: 'organisationId', type: 'uuid' },
    { name: 'agrees', type: 'boolean', default: 'false' },
    { name: 'comment', type: 'text', isNullable: true },
    { name: 'answeredOn', type: 'date' },
    { name: 'sessionId', type: 'uuid', isNullable: true },
    { name: 'isCurrent', type: 'boolean', default: 'true' },
    { name: 'recordedById', type: 'uuid' },
    { name: 'recordedAt', type: 'varchar', length: '24' },
  ],
  indices: [{ name: 'IDX_1149af5f7ddc672213381c0ca2', columnNames: ['goalId', 'organisationId'] }],
  foreignKeys: [
    {
      name: 'FK_9f4154df139713e5d76d950aa2a',
      columnNames: ['goalId'],
      referencedTableName: 'goals',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_ea542d99f1438e1c0e36392d084',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_8aacebdf1b3a8c9bbea3626e9da',
      columnNames: ['sessionId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_8766fb768a6d815889f7415a2c0',
      columnNames: ['recordedById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const goalMeasurements = new Table({
  name: 'goal_measurements',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'goalId', type: 'uuid' },
    { name: 'measuredOn', type: 'date' },
    { name: 'value', type: 'double precision' },
    { name: 'source', type: 'varchar', length: '200' },
    { name: 'correctsId', type: 'uuid', isNullable: true },
    { name: 'isCurrent', type: 'boolean', default: 'true' },
    { name: 'recordedById', type: 'uuid' },
    { name: 'recordedAt', type: 'varchar', length: '24' },
  ],
  uniques: [{ name: 'UQ_42afd0c630896fb14b2ef4db527', columnNames: ['correctsId'] }],
  indices: [{ name: 'IDX_0b040adec429fb103614acaf25', columnNames: ['goalId', 'measuredOn'] }],
  foreignKeys: [
    {
      name: 'FK_d6cea317e2d2a2edd8fee82c306',
      columnNames: ['goalId'],
      referencedTableName: 'goals',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_42afd0c630896fb14b2ef4db527',
      columnNames: ['correctsId'],
      referencedTableName: 'goal_measurements',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_7774e86dad3b4382b99f7648a54',
      columnNames: ['recordedById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const goalCourses = new Table({
  name: 'goal_courses',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'goalId', type: 'uuid' },
    { name: 'decidedOn', type: 'date' },
    { name: 'course', type: 'varchar', length: '10' },
    { name: 'proposed', type: 'varchar', length: '10' },
    { name: 'cause', type: 'text', isNullable: true },
    { name: 'consequence', type: 'text', isNullable: true },
    { name: 'measure', type: 'text', isNullable: true },
    { name: 'partiesView', type: 'text', isNullable: true },
    { name: 'sessionId', type: 'uuid', isNullable: true },
    { name: 'isCurrent', type: 'boolean', default: 'true' },
    { name: 'recordedById', type: 'uuid' },
    { name: 'recordedAt', type: 'varchar', length: '24' },
  ],
  indices: [{ name: 'IDX_1237c1459eea5fc8617553fa0a', columnNames: ['goalId'] }],
  foreignKeys: [
    {
      name: 'FK_1237c1459eea5fc8617553fa0ad',
      columnNames: ['goalId'],
      referencedTableName: 'goals',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_51f314f4a697f7c1ed8a4e424ef',
      columnNames: ['sessionId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_a02ef332e64a251f94fae528a66',
      columnNames: ['recordedById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const judgements = new Table({
  name: 'judgements',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'goalId', type: 'uuid', isNullable: true },
    { name: 'actionId', type: 'uuid', isNullable: true },
    { name: 'organisationId', type: 'uuid' },
    { name: 'judgement', type: 'varchar', length: '10' },
    { name: 'comment', type: 'text', isNullable: true },
    { name: 'judgedOn', type: 'date' },
    { name: 'isCurrent', type: 'boolean', default: 'true' },
    { name: 'recordedById', type: 'uuid' },
    { name: 'recordedAt', type: 'varchar', length: '24' },
  ],
  indices: [
    { name: 'IDX_2407a8372c4162367037c4871d', columnNames: ['actionId'] },
    { name: 'IDX_921270606eb768b359375386c7', columnNames: ['goalId'] },
  ],
  foreignKeys: [
    {
      name: 'FK_ab28c2cfaa9336ccbd6143764cd',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_b74609714ae16ac61f3f8e0891a',
      columnNames: ['recordedById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const partyLines = new Table({
  name: 'party_lines',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'goalId', type: 'uuid', isNullable: true },
    { name: 'opgaveId', type: 'uuid', isNullable: true },
    { name: 'organisationId', type: 'uuid' },
    { name: 'text', type: 'text' },
    { name: 'writtenOn', type: 'date' },
    { name: 'recordedById', type: 'uuid' },
    { name: 'recordedAt', type: 'varchar', length: '24' },
  ],
  indices: [
    { name: 'IDX_d6c2c285c8b03fb918a4986d44', columnNames: ['opgaveId'] },
    { name: 'IDX_1b9ad220c7005356b52500f32d', columnNames: ['goalId'] },
  ],
  foreignKeys: [
    {
      name: 'FK_1b9ad220c7005356b52500f32db',
      columnNames: ['goalId'],
      referencedTableName: 'goals',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_d6c2c285c8b03fb918a4986d44a',
      columnNames: ['opgaveId'],
      referencedTableName: 'opgaven',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_6c93537b30469a2236432b767c0',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_565ab82ecd52f0921432ef2114a',
      columnNames: ['recordedById'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
  ],
});

const wijkagendas = new Table({
  name: 'wijkagendas',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'areaId', type: 'uuid' },
    { name: 'year', type: 'integer' },
    { name: 'state', type: 'varchar', length: '10' },
    { name: 'themes', type: 'text' },
    { name: 'introduction', type: 'text', isNullable: true },
    { name: 'adoptedOn', type: 'date', isNullable: true },
    { name: 'adoptedInId', type: 'uuid', isNullable: true },
    { name: 'closedOn', type: 'date', isNullable: true },
    { name: 'publishedAt', type: 'varchar', length: '24', isNullable: true },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_0a6b0f1537d6e5bf28e2eab1b76', columnNames: ['areaId', 'year'] }],
  foreignKeys: [
    {
      name: 'FK_3022508205d37289cc1d35aaf1f',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_3876315909e3e9061863f55e9ac',
      columnNames: ['adoptedInId'],
      referencedTableName: 'sessions',
      referencedColumnNames: ['id'],
    },
  ],
});

const wijkagendaGoals = new Table({
  name: 'wijkagenda_goals',
  columns: [
    { name: 'wijkagendaId', type: 'uuid', isPrimary: true },
    { name: 'goalId', type: 'uuid', isPrimary: true },
    { name: 'position', type: 'integer' },
    { name: 'isPublic', type: 'boolean', default: 'true' },
  ],
  indices: [{ name: 'IDX_fcbd50153218f5e911794b3cff', columnNames: ['goalId'] }],
  foreignKeys: [
    {
      name: 'FK_3cb2be78e5b127e6d804ee11463',
      columnNames: ['wijkagendaId'],
      referencedTableName: 'wijkagendas',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_fcbd50153218f5e911794b3cff9',
      columnNames: ['goalId'],
      referencedTableName: 'goals',
      referencedColumnNames: ['id'],
    },
  ],
});

const wijkagendaParties = new Table({
  name: 'wijkagenda_parties',
  columns: [
    { name: 'wijkagendaId', type: 'uuid', isPrimary: true },
    { name: 'organisationId', type: 'uuid', isPrimary: true },
  ],
  indices: [{ name: 'IDX_e006d5baac06d5affa2fbb136b', columnNames: ['organisationId'] }],
  foreignKeys: [
    {
      name: 'FK_bfa012dd57b85f3e7ed3641c5ff',
      columnNames: ['wijkagendaId'],
      referencedTableName: 'wijkagendas',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_e006d5baac06d5affa2fbb136be',
      columnNames: ['organisationId'],
      referencedTableName: 'organisations',
      referencedColumnNames: ['id'],
    },
  ],
});

const koersoverzichtRequests = new Table({
  name: 'koersoverzicht_requests',
  columns: [
    { name: 'id', type: 'uuid', isPrimary: true },
    { name: 'personId', type: 'uuid' },
    { name: 'areaId', type: 'uuid', isNullable: true },
    { name: 'askedAt', type: 'varchar', length: '24' },
    { name: 'version', type: 'integer', default: '1' },
  ],
  uniques: [{ name: 'UQ_3f82c0dc968d359a182f248d866', columnNames: ['personId'] }],
  foreignKeys: [
    {
      name: 'FK_3f82c0dc968d359a182f248d866',
      columnNames: ['personId'],
      referencedTableName: 'people',
      referencedColumnNames: ['id'],
    },
    {
      name: 'FK_0d2e4bc33a2ad66ba49dcac13cb',
      columnNames: ['areaId'],
      referencedTableName: 'areas',
      referencedColumnNames: ['id'],
    },
  ],
});

const TABLES = [
  opgaven,
  opgaveDepartments,
  goals,
  goalAgreements,
  goalMeasurements,
  goalCourses,
  judgements,
  partyLines,
  wijkagendas,
  wijkagendaGoals,
  wijkagendaParties,
  koersoverzichtRequests,
];

export class CreateGoals1764000008000 implements MigrationInterface {
  name = 'CreateGoals1764000008000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(portable(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
