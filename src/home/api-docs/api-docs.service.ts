import { Injectable } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../platform/common/project-root.js';
import { ApiDocument } from '../../platform/openapi/api-document.js';
import { markdown } from '../manual/markdown.js';
import { type ManualText, textOf } from '../manual/manual.service.js';
import { type Resource, resourcesOf } from './api-docs.rules.js';

const FILE = join(PROJECT_ROOT, 'docs', 'api.md');

/** The pages that describe the API: the guide of `docs/api.md`, and the OpenAPI document by kind of resource. */
@Injectable()
export class ApiDocs {
  private made: ManualText | undefined;
  private found: Promise<Resource[]> | undefined;

  constructor(private readonly document: ApiDocument) {}

  get guide(): ManualText {
    return (this.made ??= textOf(readFileSync(FILE, 'utf8'), 'Table'));
  }

  resources(): Promise<Resource[]> {
    return (this.found ??= this.document.read().then((document) => resourcesOf(document).map(inHtml)));
  }
}

/** With the Markdown of descriptions rendered as HTML. */
function inHtml(resource: Resource): Resource {
  const reader = markdown();
  const html = (text: string) => reader.renderer.render(reader.parse(text, {}), reader.options, {});
  const lines = <Line extends { meaning: string }>(all: Line[]) =>
    all.map((line) => ({ ...line, meaning: html(line.meaning) }));
  return {
    ...resource,
    operations: resource.operations.map((one) => ({
      ...one,
      rules: html(one.rules),
      parameters: lines(one.parameters),
    })),
    models: lines(resource.models).map((model) => ({ ...model, fields: lines(model.fields) })),
  };
}
