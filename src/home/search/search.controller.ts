import { Controller, Get, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { SearchDto } from './search.dto.js';
import { Search } from './search.service.js';

@Controller('v1/search')
export class SearchController {
  constructor(private readonly search: Search) {}

  @Get()
  @Requires('search.read')
  @Describe('Find actions, minutes, decisions, goals, opgaven, people, organisations and areas', {
    rules:
      'Only what you may know is searched. Each word must occur at the beginning of a word, ignoring case, accents and apostrophes; former and other names and those of merged organisations and areas count. At most the 100 newest of each kind are found.',
  })
  find(@Query() query: SearchDto, @CurrentCaller() caller: Caller) {
    return this.search.find(query, caller);
  }
}
