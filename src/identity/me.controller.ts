import { Controller, Get } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import type { Permission, Role } from '../platform/access/permissions.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';

interface MeView {
  id: string;
  kind: 'person' | 'client';
  name: string;
  roles: Exclude<Role, 'person'>[];
  /** The organisations the caller is a member of today. */
  organisationIds: string[];
  /** The meetings the caller takes part in. */
  meetingIds: string[];
  /** The sessions the caller is named for as voorzitter or notulist, until their minutes are sent. */
  sessionIds: string[];
  /**
   * Per role, the areas in which the caller has it, with all areas below them.
   * @format uuid
   */
  areaIds: Caller['areaIds'];
  /** What a client may do in its areas; empty for people, whose permissions follow from their roles. */
  permissions: Permission[];
  /** When the token of this request stops working; null with a session. */
  tokenExpiresAt: string | null;
}

function toMeView(caller: Caller): MeView {
  const { personId, clientId, name, roles, memberOfIds, meetingIds, sessionIds, areaIds } = caller;
  return {
    id: (personId ?? clientId)!,
    kind: clientId === undefined ? 'person' : 'client',
    name,
    roles: [...roles].filter((role) => role !== 'person'),
    organisationIds: memberOfIds,
    meetingIds,
    sessionIds,
    areaIds,
    permissions: [...(caller.permissions ?? [])],
    tokenExpiresAt: caller.worksUntil ?? null,
  };
}

@Controller('v1/me')
export class MeController {
  @Get()
  @Requires('me.read')
  @Describe('Read the caller with their permissions and areas')
  read(@CurrentCaller() caller: Caller) {
    return toMeView(caller);
  }
}
