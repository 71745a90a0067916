import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { NewPeople } from './new-people.service.js';
import { ChangePersonDto, CreatePersonDto, PersonListDto } from './people.dto.js';
import { People } from './people.service.js';

@Controller('v1/people')
export class PeopleController {
  constructor(
    private readonly people: People,
    private readonly newPeople: NewPeople,
  ) {}

  @Get()
  @Requires('people.read')
  @Describe('List people')
  list(@Query() query: PersonListDto, @CurrentCaller() caller: Caller) {
    return this.people.list(query, caller);
  }

  @Post()
  @Requires('people.write')
  @Describe('Add a person, optionally as member and contact', { location: '/v1/people' })
  create(@Body() input: CreatePersonDto, @CurrentCaller() caller: Caller) {
    return this.newPeople.create(input, caller);
  }

  @Get(':id')
  @Requires('people.read')
  @Describe('Read a person')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.people.read(id, caller);
  }

  @Patch(':id')
  @Requires('people.write')
  @Describe('Change or deactivate a person, or set a replacement')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangePersonDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.people.change(id, input, version, caller);
  }
}
