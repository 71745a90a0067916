import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, Max, Min } from 'class-validator';
import { CLIENT_PERMISSIONS, type ClientPermission } from '../../platform/access/permissions.js';
import { IsFlagInQuery, IsId, IsLine, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';

export class CreateClientDto {
  /** The name of the system, as shown in the audit trail and in histories. */
  @IsLine(100)
  name: string;
  /** Who can be asked about it: a function or a department. */
  @Omittable()
  @IsLine(200)
  contact?: string;
  /** Where it works: this area and everything below it. */
  @IsId()
  areaId: string;
  /** What it may do there. A client can never see confidential records, nor judge, rate or adopt anything. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIn(CLIENT_PERMISSIONS, { each: true })
  permissions: ClientPermission[];
}

/** Null clears the contact. Permissions omitted from the list end immediately. */
export class ChangeClientDto extends PatchOf(CreateClientDto, {
  omittable: ['name', 'permissions'],
  nullable: ['contact'],
}) {}

export class ClientListDto extends PagingDto {
  /** Only clients that have not been ended. */
  @Omittable()
  @IsFlagInQuery()
  working?: boolean;
}

export class CreateClientTokenDto {
  /** How long it is valid, in days; the tokens that replace it are valid for as long. */
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
  /** When it was ended; null if it was not. */
  endedAt: string | null;
  /** When one of its tokens was last used, to the hour. */
  lastUsedAt: string | null;
  /** When the last of its tokens expires; null if it has no valid token. */
  tokensExpireAt: string | null;
  version: number;
}

export interface ClientTokenView {
  id: string;
  createdAt: string;
  expiresAt: string;
  /** To the hour. */
  lastUsedAt: string | null;
  /** The token it replaces. */
  replacesId: string | null;
  version: number;
}

export type NewClientToken = ClientTokenView & {
  /** The secret, shown only here. */
  token: string;
};
