import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, Max, Min } from 'class-validator';
import { CLIENT_PERMISSIONS, type ClientPermission } from '../../platform/access/permissions.js';
import { IsFlagInQuery, IsId, IsLine, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';

export class CreateClientDto {
  /** What it is called in the audit trail and in histories: the name of the system. */
  @IsLine(100)
  name: string;
  /** Who can be asked about it: a function or a department. */
  @Omittable()
  @IsLine(200)
  contact?: string;
  /** Where it works: this area and everything below it. */
  @IsId()
  areaId: string;
  /** What it may do there. It never knows confidential things, and never judges, rates or adopts. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIn(CLIENT_PERMISSIONS, { each: true })
  permissions: ClientPermission[];
}

/** Null clears the contact. Permissions that are left out of the list end at once. */
export class ChangeClientDto extends PatchOf(CreateClientDto, {
  omittable: ['name', 'permissions'],
  nullable: ['contact'],
}) {}

export class ClientListDto extends PagingDto {
  /** Only clients that work. */
  @Omittable()
  @IsFlagInQuery()
  working?: boolean;
}

export class CreateClientTokenDto {
  /** How long it is valid, in days; so are the tokens that the client replaces it by. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(366)
  days: number = 90;
}

export interface ClientView {
  id: string;
  name: string;
  contact: string | null;
  areaId: string;
  areaName: string;
  permissions: ClientPermission[];
  createdAt: string;
  /** When it was ended; null while it works. */
  endedAt: string | null;
  /** When one of its tokens was last used, to the hour. */
  lastUsedAt: string | null;
  /** When the last of its tokens stops working; null if none works. */
  tokensExpireAt: string | null;
  version: number;
}

export interface ClientTokenView {
  id: string;
  createdAt: string;
  expiresAt: string;
  /** To the hour. */
  lastUsedAt: string | null;
  /** The token that it replaces. */
  replacesId: string | null;
  version: number;
}

export type NewClientToken = ClientTokenView & {
  /** The secret, shown only here. */
  token: string;
};
