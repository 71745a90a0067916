import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ChangeContactDto, ContactListDto, CreateContactDto, WHO_GETS_MAIL } from './contacts.dto.js';
import { Contacts } from './contacts.service.js';

@Controller('v1/contacts')
export class ContactsController {
  constructor(private readonly contacts: Contacts) {}

  @Get()
  @Requires('contacts.read')
  @Describe('List the contacts of organisations')
  list(@Query() query: ContactListDto, @CurrentCaller() caller: Caller) {
    return this.contacts.list(query, caller);
  }

  @Post()
  @Requires('contacts.write')
  @Describe('Appoint a contact for an organisation', {
    location: '/v1/contacts',
    rules: WHO_GETS_MAIL,
  })
  create(@Body() input: CreateContactDto, @CurrentCaller() caller: Caller) {
    return this.contacts.create(input, caller);
  }

  @Get(':id')
  @Requires('contacts.read')
  @Describe('Read a contact')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.contacts.read(id, caller);
  }

  @Patch(':id')
  @Requires('contacts.write')
  @Describe('Set or clear the last day of a contact')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeContactDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.contacts.change(id, input, version, caller);
  }
}
