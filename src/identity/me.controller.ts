import { Controller, Get } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';

function toMeView({ personId, name, roles, memberOfIds, meetingIds, sessionIds, areaIds }: Caller) {
  return {
    id: personId,
    name,
    roles: [...roles].filter((role) => role !== 'person'),
    organisationIds: memberOfIds,
    meetingIds,
    sessionIds,
    areaIds,
  };
}

const ID = '019300a0-0000-7000-8000-000000000001';
const ME_EXAMPLE = {
  id: ID,
  name: 'wijkagent Boskoop',
  roles: ['partner'],
  organisationIds: [ID],
  meetingIds: [ID],
  sessionIds: [] as string[],
  areaIds: { admin: [ID], chair: [ID], reader: [ID], partner: [ID] },
} satisfies ReturnType<typeof toMeView>;

@Controller('v1/me')
export class MeController {
  @Get()
  @Requires('me.read')
  @Describe('Read the caller with their permissions and areas', ME_EXAMPLE)
  read(@CurrentCaller() caller: Caller) {
    return toMeView(caller);
  }
}
