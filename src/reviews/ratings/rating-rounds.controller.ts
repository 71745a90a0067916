import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import { asPerson, type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { RatingRounds } from './rating-rounds.service.js';
import { CreateRatingRoundDto, GiveRatingDto, RatingRoundListDto } from './ratings.dto.js';
import { Ratings } from './ratings.service.js';

@Controller('v1/rating-rounds')
export class RatingRoundsController {
  constructor(
    private readonly rounds: RatingRounds,
    private readonly ratings: Ratings,
  ) {}

  @Get()
  @Requires('ratings.read')
  @Describe('List rating rounds: those of your areas, and those in which you were asked')
  list(@Query() query: RatingRoundListDto, @CurrentCaller() caller: Caller) {
    return this.rounds.list(query, caller);
  }

  @Post()
  @Requires('ratings.write')
  @Describe('Ask the parties of an area by mail how the year went', {
    location: '/v1/rating-rounds',
  })
  open(@Body() input: CreateRatingRoundDto, @CurrentCaller() caller: Caller) {
    return this.rounds.open(input, caller);
  }

  @Get(':id')
  @Requires('ratings.read')
  @Describe('Read a rating round: its results once closed, and your own answer')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.rounds.read(id, caller);
  }

  @Post(':id/ratings')
  @Requires('ratings.give')
  @Describe('Give your rating, or change it while the round is open')
  give(@Param('id', IdPipe) id: string, @Body() input: GiveRatingDto, @CurrentCaller() caller: Caller) {
    return this.ratings.give(id, input, asPerson(caller), (areaId) => isPermittedIn(caller, 'ratings.read', areaId));
  }

  @Put(':id/closing')
  @Requires('ratings.write')
  @Describe('Close a round permanently, which makes its results readable')
  close(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.rounds.close(id, version, caller);
  }
}
