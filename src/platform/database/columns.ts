import { applyDecorators } from '@nestjs/common';
import { Column, ForeignKey, PrimaryColumn } from 'typeorm';

interface Options {
  nullable?: boolean;
  default?: string | number | boolean;
}

/** The primary key: a UUID made by the program (`newId`). */
export const Id = (): PropertyDecorator => PrimaryColumn({ type: 'uuid' });

/** A reference to a row of another table, held by a foreign key. Parents do not know their children. */
export const Reference = (target: () => new () => object, options: Options = {}): PropertyDecorator =>
  applyDecorators(ForeignKey(target), Column({ type: 'uuid', ...options }));

/** One line of text. */
export const Line = (length = 200, options: Options = {}): PropertyDecorator =>
  Column({ type: 'varchar', length, ...options });

/** Text of any length. */
export const Prose = (options: Options = {}): PropertyDecorator => Column({ type: 'text', ...options });

/** A calendar date, `YYYY-MM-DD` in and out on both databases. */
export const Day = (options: Options = {}): PropertyDecorator => Column({ type: 'date', ...options });

/** A moment: ISO 8601 in UTC with milliseconds, so that text order is time order on both databases. */
export const Moment = (options: Options = {}): PropertyDecorator => Column({ type: 'varchar', length: 24, ...options });

export const Whole = (options: Options = {}): PropertyDecorator => Column({ type: 'integer', ...options });

export const Flag = (value = false): PropertyDecorator => Column({ type: 'boolean', default: value });

/** A list or object that is only read and written whole. */
export const Json = (options: Options = {}): PropertyDecorator => Column({ type: 'simple-json', ...options });

/** Counts the edits of a row; it is the row's ETag. */
export const Version = (): PropertyDecorator => Column({ type: 'integer', default: 1 });

/** A number with a fraction: a measured value, an amount. */
export const Quantity = (options: Options = {}): PropertyDecorator => Column({ type: 'double precision', ...options });
