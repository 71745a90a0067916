import { type INestApplication, Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/**
 * The OpenAPI document of the running service. Built on the first request, because it takes a third as long as startup.
 */
@Injectable()
export class ApiDocument {
  private app: INestApplication | undefined;
  private made: Promise<OpenAPIObject> | undefined;
  private written: Promise<string> | undefined;

  /** Sets the application whose routes it describes. */
  describes(app: INestApplication): void {
    this.app = app;
  }

  read(): Promise<OpenAPIObject> {
    return (this.made ??= import('./document.js').then(({ describeApi }) => describeApi(this.app!)));
  }

  /** The document as JSON. */
  text(): Promise<string> {
    return (this.written ??= this.read().then((document) => JSON.stringify(document)));
  }
}
