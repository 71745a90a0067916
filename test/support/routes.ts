import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { REQUIRED } from '../../src/platform/access/requires.js';
import type { TestApp } from './app.js';

/** Every route of every controller, with what it requires. */
export function routesOf({ app }: TestApp) {
  const scanner = new MetadataScanner();
  return app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ instance, name }) => {
      const prototype = Object.getPrototypeOf(instance);
      const base = String(Reflect.getMetadata('path', instance.constructor) ?? '');
      return scanner
        .getAllMethodNames(prototype)
        .filter((method) => Reflect.getMetadata('path', prototype[method]) !== undefined)
        .map((method) => ({
          name: `${String(name)}.${method}`,
          path: `/${base}/${String(Reflect.getMetadata('path', prototype[method]))}`
            .replaceAll(/\/+/g, '/')
            .replace(/(.)\/$/, '$1'),
          method: RequestMethod[Reflect.getMetadata('method', prototype[method]) as number].toLowerCase(),
          required: Reflect.getMetadata(REQUIRED, prototype[method]) as string | undefined,
        }));
    });
}
