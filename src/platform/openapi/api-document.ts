import { type INestApplication, Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI document of the running service. It is made when it is first asked for: that costs as much as a third of the start. */
@Injectable()
export class ApiDocument {
  private app: INestApplication | undefined;
  private made: Promise<OpenAPIObject> | undefined;
  private written: Promise<string> | undefined;

  /** Says whose routes it describes. */
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
